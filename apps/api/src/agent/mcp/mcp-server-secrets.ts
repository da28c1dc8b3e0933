import { Injectable } from '@nestjs/common';
import type { McpSecretDto } from '@opsagent/contracts';
import { SealedColumns } from '../../platform/secrets/sealed-columns.js';
import { SecretBox } from '../../platform/secrets/secret-box.js';
import type { McpServer } from './mcp-server.entity.js';

const PLACE = { table: 'mcp_servers', column: 'secrets' } as const;

type Values = Readonly<Record<string, string>>;

/** The values that a server is sent or given. */
export interface McpSecrets {
  readonly headers: Values;
  readonly variables: Values;
}

const NONE: McpSecrets = { headers: {}, variables: {} };

type SecretColumns = Pick<McpServer, 'secrets' | 'headerNames' | 'variableNames'>;

/** Seals and opens the secrets of MCP servers. */
@Injectable()
export class McpServerSecrets {
  constructor(
    private readonly box: SecretBox,
    columns: SealedColumns,
  ) {
    columns.register({ ...PLACE, key: 'id', row: 'id', place: PLACE });
  }

  /** @throws SecretUnreadable */
  open({ id, secrets }: Pick<McpServer, 'id' | 'secrets'>): McpSecrets {
    return secrets === null ? NONE : (JSON.parse(this.box.open(secrets, { ...PLACE, row: id })) as McpSecrets);
  }

  /** The columns for these secrets; an empty set is stored as nothing. */
  columnsFor(id: string, { headers, variables }: McpSecrets): SecretColumns {
    const headerNames = Object.keys(headers).sort();
    const variableNames = Object.keys(variables).sort();
    const isEmpty = headerNames.length + variableNames.length === 0;
    const secrets = isEmpty ? null : this.box.seal(JSON.stringify({ headers, variables }), { ...PLACE, row: id });
    return { secrets, headerNames, variableNames };
  }
}

/** The values after a change: absent ones stay, null ones go. Headers are the same whatever their case. */
export function changedValues(before: Values, sent: readonly McpSecretDto[] = [], ignoresCase = false): Values {
  const after = new Map(Object.entries(before));
  for (const { name, value } of sent) {
    const same = [...after.keys()].find((known) => isSame(known, name, ignoresCase));
    if (same !== undefined) after.delete(same);
    if (value !== null) after.set(name, value);
  }
  return Object.fromEntries(after);
}

function isSame(one: string, other: string, ignoresCase: boolean): boolean {
  return ignoresCase ? one.toLowerCase() === other.toLowerCase() : one === other;
}
