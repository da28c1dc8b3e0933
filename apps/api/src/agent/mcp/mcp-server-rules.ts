import type { McpSecretDto } from '@opsagent/contracts';
import { InvalidInput } from '../../platform/errors/domain-error.js';
import type { McpServer } from './mcp-server.entity.js';

/** Where a server is, and what is sent to it. */
export type McpPlace = Pick<McpServer, 'transport' | 'url' | 'command' | 'args'>;

interface Sent {
  readonly headers?: readonly McpSecretDto[];
  readonly variables?: readonly McpSecretDto[];
}

type Complaint = { field: string; message: string };

/** Headers that are ours to send, or that say how the connection works. */
const OURS =
  /^(?:accept|connection|content-.*|host|keep-alive|last-event-id|mcp-.*|proxy-.*|te|trailer|transfer-encoding|upgrade)$/i;

/** @throws InvalidInput naming everything that does not fit the transport */
export function checkPlace(place: McpPlace, sent: Sent, isStdioAllowed: boolean): void {
  const complaints = place.transport === 'http' ? problemsOfAddress(place, sent) : problemsOfProgram(place, sent);
  if (place.transport === 'stdio' && !isStdioAllowed) complaints.unshift({ field: 'transport', message: STDIO_IS_OFF });
  if (complaints.length > 0) throw new InvalidInput(complaints);
}

/** Said wherever a program would be started. */
export const STDIO_IS_OFF =
  'stdio is switched off: set OPSAGENT_MCP_STDIO=on in the environment of this server to let it start programs';

/** A kept header goes to no other server than the one it was entered for, and a variable to no other program. */
export function checkWhereSecretsGo(before: McpServer, after: McpPlace, sent: Sent): void {
  if (placeOf(before) === placeOf(after)) return;
  const kept = [
    ...namesLeft('headers', before.headerNames, sent.headers),
    ...namesLeft('variables', before.variableNames, sent.variables),
  ];
  if (kept.length === 0) return;
  const message = (name: string): string => `${name} must be entered again, because the server is at another place now`;
  throw new InvalidInput(kept.map(({ field, name }) => ({ field, message: message(name) })));
}

/** What a server is known by: whoever stands at another place is another server. */
export function placeOf({ transport, url, command, args }: McpPlace): string {
  if (transport === 'stdio') return JSON.stringify([command, args]);
  return String(url);
}

function problemsOfAddress({ url, command, args }: McpPlace, { headers = [], variables = [] }: Sent): Complaint[] {
  const complaints: Complaint[] = [];
  const problem = problemWithUrl(url);
  if (problem !== undefined) complaints.push({ field: 'url', message: `url ${problem}` });
  if (command !== null) complaints.push(meaningless('command', 'http'));
  if (args.length > 0) complaints.push(meaningless('args', 'http'));
  if (variables.length > 0) complaints.push(meaningless('variables', 'http'));
  for (const { name, value } of headers) {
    const wrong = problemWithHeader(name, value);
    if (wrong !== undefined) complaints.push({ field: 'headers', message: `headers ${wrong}` });
  }
  return complaints;
}

function problemsOfProgram({ url, command, args }: McpPlace, { headers = [], variables = [] }: Sent): Complaint[] {
  const complaints: Complaint[] = [];
  if (command === null) complaints.push({ field: 'command', message: 'command is needed' });
  if (url !== null) complaints.push(meaningless('url', 'stdio'));
  if (headers.length > 0) complaints.push(meaningless('headers', 'stdio'));
  if (args.join('\0').length > 16_000) complaints.push({ field: 'args', message: 'args are too long together' });
  if (variables.some(({ name }) => !/^[A-Za-z_][A-Za-z0-9_]*$/.test(name))) {
    complaints.push({ field: 'variables', message: 'variables must have plain names' });
  }
  return complaints;
}

function problemWithUrl(url: string | null): string | undefined {
  const parsed = url !== null && URL.canParse(url) ? new URL(url) : undefined;
  if (url === null) return 'is needed';
  if (!parsed || !/^https?:$/.test(parsed.protocol)) return 'must be an http or https address';
  if (parsed.username !== '' || parsed.password !== '') return 'must not carry credentials';
  return parsed.search + parsed.hash === '' ? undefined : 'must end before any ? or #: keys belong into headers';
}

function problemWithHeader(name: string, value: string | null): string | undefined {
  if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}$/.test(name)) return 'must have plain names';
  if (OURS.test(name)) return `must not name ${name}, which is set by the protocol`;
  if (value !== null && !/^[\t\x20-\x7e]*$/.test(value)) return 'must have values of printable ASCII characters';
  return undefined;
}

function meaningless(field: string, transport: string): Complaint {
  return { field, message: `${field} has no meaning for ${transport}` };
}

function namesLeft(field: string, kept: readonly string[], sent: readonly McpSecretDto[] = []) {
  const entered = new Set(sent.map(({ name }) => name.toLowerCase()));
  return kept.filter((name) => !entered.has(name.toLowerCase())).map((name) => ({ field, name }));
}
