import type {
  CreateMcpServerDto,
  McpSecretDto,
  McpServerDto,
  McpTransport,
  UpdateMcpServerDto,
} from '@opsagent/contracts';

/** A header or variable: its value stands here only while it is typed. */
export interface SecretRow {
  readonly name: string;
  readonly value: string;
  /** The server keeps a value of that name. */
  readonly isStored: boolean;
  readonly isForgotten: boolean;
}

/** The form's model. */
export interface McpDraft {
  readonly name: string;
  readonly description: string;
  readonly environment: string;
  readonly transport: McpTransport;
  readonly url: string;
  readonly command: string;
  /** One argument a line. */
  readonly args: string;
  /** Headers of an address, variables of a program. */
  readonly secrets: readonly SecretRow[];
  readonly isActive: boolean;
}

export const EMPTY_ROW: SecretRow = { name: '', value: '', isStored: false, isForgotten: false };

const NOTHING: McpDraft = {
  ...{ name: '', description: '', environment: '', transport: 'http', url: '', command: '', args: '' },
  ...{ secrets: [], isActive: true },
};

export function draftOf(server: McpServerDto | null): McpDraft {
  if (!server) return NOTHING;
  const kept = server.transport === 'http' ? server.headers : server.variables;
  return {
    ...{ name: server.name, description: server.description, environment: server.environment },
    ...{ transport: server.transport, url: server.url ?? '', command: server.command ?? '' },
    args: server.args.join('\n'),
    secrets: kept.map((name) => ({ ...EMPTY_ROW, name, isStored: true })),
    isActive: server.is_active,
  };
}

/** What has to be filled in and is not, by the field's name as the server says it. */
export function missingIn({ name, transport, url, command }: McpDraft): string[] {
  const [field, value] = transport === 'http' ? ['url', url] : ['command', command];
  return [...(name.trim() === '' ? ['name'] : []), ...(value.trim() === '' ? [field] : [])];
}

export function createInput(draft: McpDraft): CreateMcpServerDto {
  return { ...updateInput(draft), name: draft.name.trim(), transport: draft.transport };
}

export function updateInput(draft: McpDraft): UpdateMcpServerDto {
  const secrets = secretsOf(draft.secrets);
  const kept = secrets.length > 0 ? secrets : undefined;
  const common = {
    ...{ name: draft.name.trim(), description: draft.description.trim(), environment: draft.environment.trim() },
    is_active: draft.isActive,
  };
  if (draft.transport === 'http') return { ...common, url: draft.url.trim(), ...(kept ? { headers: kept } : {}) };
  const args = draft.args.split('\n').filter((line) => line !== '');
  return { ...common, command: draft.command.trim(), args, ...(kept ? { variables: kept } : {}) };
}

/** Those that are kept and not typed anew stay as they are. */
function secretsOf(rows: readonly SecretRow[]): McpSecretDto[] {
  return rows.flatMap(({ name, value, isStored, isForgotten }): McpSecretDto[] => {
    if (name.trim() === '') return [];
    if (value !== '') return [{ name: name.trim(), value: value.trim() }];
    return isStored && isForgotten ? [{ name, value: null }] : [];
  });
}
