import { AnyObject, Decimal, ListOf, Moment, Nested, OneOf, Text, Whole } from '../field/fields.js';
import { oneOfSet, type ValueOf } from '../field/facts.js';
import { MASTER_KEY_PLACE, type MasterKeyPlace } from '../secrets/master-key.dto.js';

/** Whom the server works as in the database. `separate`: a role that owns nothing; `owner`: the login that owns the tables. */
export const DATABASE_ROLE_MODE = oneOfSet('DatabaseRoleMode', ['separate', 'owner']);
export type DatabaseRoleMode = ValueOf<typeof DATABASE_ROLE_MODE>;

/** What runs here, and on what. */
export class AboutDto {
  @Text({ description: 'The version of OpsAgent.', example: '0.1.0' })
  version!: string;

  @Text({ description: 'The version of Node that runs it.', example: '24.11.1' })
  node_version!: string;

  @Text({ description: 'The version of PostgreSQL.', example: '18.4' })
  postgres_version!: string;

  @OneOf(DATABASE_ROLE_MODE, { description: 'Whom the server works as in the database.' })
  database_role!: DatabaseRoleMode;

  @OneOf(MASTER_KEY_PLACE, { description: 'Where the master key is kept.' })
  master_key_kept_in!: MasterKeyPlace;

  @Text({ nullable: true, description: 'Name of this installation; null when none is set.' })
  environment!: string | null;

  @Moment({ description: 'When the process that answers was started.' })
  started_at!: string;

  @Whole({ min: 0, description: 'For how many seconds it has been running.' })
  uptime_s!: number;
}

/** A package that OpsAgent contains. */
export class LicenceDto {
  @Text({ description: 'Name of the package.' })
  name!: string;

  @Text({ description: 'Its version.' })
  version!: string;

  @Text({ description: 'Its licence, as an SPDX expression.', example: 'MIT' })
  licence!: string;
}

/** Every package that OpsAgent contains, once. */
export class LicenceListDto {
  @ListOf(() => LicenceDto, { description: 'The packages, by name.' })
  items!: LicenceDto[];

  @Whole({ min: 0, description: 'How many there are in all.' })
  total!: number;
}

/** How the server was when the file was made. */
export class DiagnosticsHealthDto {
  @Decimal({ min: 0, description: 'How long the database took to answer, in milliseconds.' })
  database_ms!: number;

  @Whole({ min: 0, description: 'Memory the process holds, in bytes.' })
  memory_bytes!: number;
}

/** What somebody who helps wants to know of an installation, without a word of anybody’s conversation and without a secret. */
export class DiagnosticsDto {
  @Moment({ description: 'When it was made.' })
  at!: string;

  @Nested(() => AboutDto, { description: 'What runs here, and on what.' })
  about!: AboutDto;

  @AnyObject({
    description:
      'The settings that may be told of, by name: their values, or "set" where the value is a secret, a path or an address; null when unset.',
  })
  settings!: Record<string, string | number | null>;

  @AnyObject({ description: 'How many rows each table has.' })
  rows!: Record<string, number>;

  @Nested(() => DiagnosticsHealthDto, { description: 'How the server is now.' })
  health!: DiagnosticsHealthDto;

  @AnyObject({ description: 'Answers that failed in the last 24 hours, by the kind of fault.' })
  failures!: Record<string, number>;
}
