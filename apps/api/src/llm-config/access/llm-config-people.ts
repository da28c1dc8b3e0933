import { Injectable } from '@nestjs/common';
import type { SetLlmConfigAccessDto } from '@opsagent/contracts';
import { Database } from '../../platform/database/database.js';
import { InvalidInput } from '../../platform/errors/domain-error.js';

/** The users among those that were looked for, by their ids and by their e-mail addresses in lower case. */
export interface KnownUsers {
  readonly ids: ReadonlySet<string>;
  readonly idsByEmail: ReadonlyMap<string, string>;
}

/** A user as others read of them. */
export interface NamedUser {
  readonly email: string;
  /** The e-mail address, behind a name where there is one. */
  readonly label: string;
}

const MOST = 1000;

/** The users to whom configurations are limited. */
@Injectable()
export class LlmConfigPeople {
  constructor(private readonly database: Database) {}

  /** The same, its users by their ids alone. @throws InvalidInput for one who does not exist */
  async withKnownUsers<T extends { access?: SetLlmConfigAccessDto }>(input: T): Promise<T> {
    const { access } = input;
    if (access?.scope !== 'users') return input;
    const { user_ids: ids = [], user_emails: emails = [], ...rest } = access;
    if (ids.length + emails.length > MOST) throw refused('user_ids', `must name at most ${MOST} users`);
    const known = await this.find(ids, emails);
    const [stranger] = strangersIn(access, known);
    if (stranger !== undefined) throw refused(stranger.field, `names no user: ${stranger.name}`);
    return { ...input, access: { ...rest, user_ids: idsIn(access, known) } };
  }

  async find(ids: readonly string[], emails: readonly string[]): Promise<KnownUsers> {
    if (ids.length + emails.length === 0) return { ids: new Set(), idsByEmail: new Map() };
    const rows = await this.database.query<{ id: string; email: string }>(
      'select id, lower(email) as email from users where id = any($1::uuid[]) or lower(email) = any($2::text[])',
      [ids, emails.map(emailKey)],
    );
    return {
      ids: new Set(rows.map(({ id }) => id)),
      idsByEmail: new Map(rows.map(({ id, email }) => [email, id])),
    };
  }

  /** How these users are called. */
  async of(ids: readonly string[]): Promise<Map<string, NamedUser>> {
    if (ids.length === 0) return new Map();
    const rows = await this.database.query<NamedUser & { id: string }>(
      `select id, email, coalesce(name || ' (' || email || ')', email) as label from users where id = any($1::uuid[])`,
      [ids],
    );
    return new Map(rows.map((user) => [user.id, user]));
  }
}

/** The ids of those who exist. */
export function idsIn({ user_ids = [], user_emails = [] }: SetLlmConfigAccessDto, known: KnownUsers): string[] {
  const named = user_emails.flatMap((email) => known.idsByEmail.get(emailKey(email)) ?? []);
  return [...user_ids.filter((id) => known.ids.has(id.toLowerCase())), ...named];
}

/** Those who do not exist, as they were named. */
export function strangersIn(
  { user_ids = [], user_emails = [] }: SetLlmConfigAccessDto,
  known: KnownUsers,
): { field: keyof SetLlmConfigAccessDto; name: string }[] {
  const ids = user_ids.filter((id) => !known.ids.has(id.toLowerCase()));
  const emails = user_emails.filter((email) => !known.idsByEmail.has(emailKey(email)));
  return [
    ...ids.map((name) => ({ field: 'user_ids' as const, name })),
    ...emails.map((name) => ({ field: 'user_emails' as const, name: name.slice(0, 100) })),
  ];
}

function emailKey(email: string): string {
  return email.trim().toLowerCase();
}

function refused(field: keyof SetLlmConfigAccessDto, rest: string): InvalidInput {
  return new InvalidInput([{ field: `access.${field}`, message: `access.${field} ${rest}` }]);
}
