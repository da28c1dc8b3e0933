import { Decimal, Flag, Id, ListOf, Moment, Nested, OneOf, Text, TextList, Whole, WordList } from '../field/fields.js';
import {
  TOOL_SOURCE_FAULT,
  TOOL_SOURCE_KIND,
  TOOL_SOURCE_SECRET,
  TOOL_SOURCE_SETTING,
  TOOL_SOURCE_TLS,
  type ToolSourceFault,
  type ToolSourceKind,
  type ToolSourceSecret,
  type ToolSourceSetting,
  type ToolSourceTls,
} from './tool-source-sets.js';

/** Where a source is and how it is spoken to; a kind uses some of these. */
export class ToolSourceSettingsDto {
  @Text({ min: 1, max: 2_000, optional: true, description: 'The base address, without credentials.' })
  url?: string;

  @Text({ min: 1, max: 253, optional: true, description: 'A name or an IP address.' })
  host?: string;

  @Whole({ min: 1, max: 65_535, optional: true, description: 'The port.' })
  port?: number;

  @Text({
    min: 1,
    max: 128,
    optional: true,
    description: 'The database; of Elasticsearch the indices, of Loki the tenant, of Kubernetes the namespace.',
  })
  database?: string;

  @Text({ min: 1, max: 256, optional: true, description: 'Who signs in there.' })
  username?: string;

  @TextList({ max: 50, longest: 1_000, optional: true, description: 'Files and folders that may be read.' })
  paths?: string[];

  @OneOf(TOOL_SOURCE_TLS, { optional: true, description: 'How the connection is secured.' })
  tls?: ToolSourceTls;

  @Text({ max: 200, optional: true, description: 'The fingerprint of its host key: `SHA256:…`.' })
  host_key?: string;

  @Text({ min: 1, max: 256, optional: true, description: 'Who signs in there for actions that somebody has allowed.' })
  action_username?: string;
}

/** Secrets as they are sent; they are never answered. */
export class ToolSourceSecretsDto {
  @Text({ min: 1, max: 4_096, optional: true, nullable: true, description: 'The password; null forgets it.' })
  password?: string | null;

  @Text({ min: 1, max: 16_384, optional: true, nullable: true, description: 'The bearer token; null forgets it.' })
  token?: string | null;

  @Text({ min: 1, max: 16_384, optional: true, nullable: true, description: 'The private key; null forgets it.' })
  private_key?: string | null;

  @Text({
    min: 1,
    max: 4_096,
    optional: true,
    nullable: true,
    description: 'The password of the login for actions; null forgets it.',
  })
  action_password?: string | null;
}

/** What came of a test of a source. */
export class ToolSourceTestDto {
  @Flag({ description: 'Whether it answered as a source of its kind.' })
  ok!: boolean;

  @OneOf(TOOL_SOURCE_FAULT, { nullable: true, description: 'Why not.' })
  fault!: ToolSourceFault | null;

  @Text({ description: 'What it said about itself, or what went wrong.' })
  detail!: string;

  @Decimal({ description: 'How long it took, in milliseconds.' })
  ms!: number;

  @Moment({ description: 'When.' })
  tested_at!: string;
}

/** A system that tools may reach by its name. */
export class ToolSourceDto {
  @Id({ description: 'Names the source for programs.' })
  id!: string;

  @Text({ description: 'Its name, as the model says it.' })
  name!: string;

  @OneOf(TOOL_SOURCE_KIND, { description: 'What it is.' })
  kind!: ToolSourceKind;

  @Text({ description: 'What it holds; the model reads this too.' })
  description!: string;

  @Text({ description: 'The environment it belongs to, such as `production`; empty when none is named.' })
  environment!: string;

  @Nested(() => ToolSourceSettingsDto, { description: 'Where it is.' })
  settings!: ToolSourceSettingsDto;

  @WordList(TOOL_SOURCE_SECRET, { description: 'The secrets that are kept.' })
  secrets!: ToolSourceSecret[];

  @Flag({ description: 'Whether tools may use it.' })
  is_active!: boolean;

  @Nested(() => ToolSourceTestDto, { nullable: true, description: 'Its last test; null before the first.' })
  last_test!: ToolSourceTestDto | null;

  @Moment({ description: 'When it was registered.' })
  created_at!: string;

  @Moment({ description: 'When it was last changed; for `If-Match`.' })
  updated_at!: string;
}

/** The registered sources. */
export class ToolSourceListDto {
  @ListOf(() => ToolSourceDto, { description: 'By name.' })
  items!: ToolSourceDto[];

  @Whole({ min: 0, description: 'How many there are in all.' })
  total!: number;
}

class ToolSourceFieldsDto {
  @Text({ max: 400, optional: true, description: 'What it holds; the model reads this too.' })
  description?: string;

  @Text({ max: 40, optional: true, description: 'The environment it belongs to.', example: 'production' })
  environment?: string;

  @Nested(() => ToolSourceSecretsDto, { optional: true, description: 'Secrets; those that are absent stay.' })
  secrets?: ToolSourceSecretsDto;

  @Flag({ optional: true, description: 'Whether tools may use it.' })
  is_active?: boolean;
}

const NAME = {
  min: 1,
  max: 63,
  pattern: /^[a-z0-9][a-z0-9._-]*$/,
  patternHint: 'may hold lower-case letters, digits, dots, dashes and underscores, and starts with a letter or digit',
};

/** Registers a source. */
export class CreateToolSourceDto extends ToolSourceFieldsDto {
  @Text({ ...NAME, description: 'Its name, as the model says it.', example: 'prometheus-prod' })
  name!: string;

  @OneOf(TOOL_SOURCE_KIND, { description: 'What it is.' })
  kind!: ToolSourceKind;

  @Nested(() => ToolSourceSettingsDto, { description: 'Where it is.' })
  settings!: ToolSourceSettingsDto;
}

/** Changes a source; what is absent stays. Settings are replaced as a whole. */
export class UpdateToolSourceDto extends ToolSourceFieldsDto {
  @Text({ ...NAME, optional: true, description: 'Its name, as the model says it.' })
  name?: string;

  @Nested(() => ToolSourceSettingsDto, { optional: true, description: 'Where it is.' })
  settings?: ToolSourceSettingsDto;
}

/** One kind of source: what it has to say about itself. */
export class ToolSourceKindDto {
  @OneOf(TOOL_SOURCE_KIND, { description: 'The kind.' })
  kind!: ToolSourceKind;

  @WordList(TOOL_SOURCE_SETTING, { description: 'The settings it needs.' })
  required!: ToolSourceSetting[];

  @WordList(TOOL_SOURCE_SETTING, { description: 'The settings it may have besides.' })
  optional!: ToolSourceSetting[];

  @WordList(TOOL_SOURCE_SECRET, { description: 'The secrets it may have.' })
  secrets!: ToolSourceSecret[];
}

/** The kinds of sources there are. */
export class ToolSourceKindListDto {
  @ListOf(() => ToolSourceKindDto, { description: 'The kinds.' })
  items!: ToolSourceKindDto[];

  @Whole({ min: 0, description: 'How many there are in all.' })
  total!: number;
}
