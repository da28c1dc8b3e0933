import { createHash } from 'node:crypto';
import { loadMcpTools } from '@langchain/mcp-adapters';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import type { Tool } from '@modelcontextprotocol/sdk/types.js';
import type { ToldTool } from '../mcp-server.entity.js';
import { problemWithSchema, withShortTexts } from '../tools/foreign-schema.js';
import { oneLine, withoutValues } from '../tools/foreign-text.js';
import { hashOfTool } from '../tools/tool-hash.js';
import { tryOut } from './schema-check.adapter.js';

const LONGEST_NAME = 128;
const LONGEST_TITLE = 80;
const LONGEST_DESCRIPTION = 1_000;
/** Of all tools of a server together, as the model would be told them. */
const MOST_CHARACTERS = 400_000;

/** What a server tells of its tools, bounded and in the form that models take. What is wrong with one is no matter of the others. */
export async function toldTools(
  server: string,
  tools: readonly Tool[],
  hidden: readonly string[],
): Promise<ToldTool[]> {
  const once = tools.filter(({ name }, index) => tools.findIndex((other) => other.name === name) === index);
  const told: ToldTool[] = [];
  let characters = 0;
  for (const tool of once) {
    const one = await toldTool(server, tool, hidden);
    characters += JSON.stringify(one).length;
    told.push(characters > MOST_CHARACTERS ? unusable(one, 'the server tells too much of its tools') : one);
  }
  return told.sort((a, b) => (a.name < b.name ? -1 : 1));
}

async function toldTool(server: string, tool: Tool, hidden: readonly string[]): Promise<ToldTool> {
  const clean = (text: string, most: number): string => oneLine(withoutValues(text, hidden), most);
  const { name, inputSchema, annotations = {} } = tool;
  const { readOnlyHint, destructiveHint, idempotentHint, openWorldHint } = annotations;
  const hints = {
    read_only: readOnlyHint,
    destructive: destructiveHint,
    idempotent: idempotentHint,
    open_world: openWorldHint,
  };
  const wrongName = problemWithName(name, clean(name, LONGEST_NAME));
  const told = {
    name: wrongName === undefined ? name : shortName(clean(name, 60), name),
    title: clean(tool.title ?? annotations.title ?? '', LONGEST_TITLE),
    description: clean(tool.description ?? '', LONGEST_DESCRIPTION),
    hints: Object.fromEntries(Object.entries(hints).filter(([, hint]) => hint !== undefined)),
  };
  const problem = wrongName ?? problemWithSchema(inputSchema) ?? problemWithSecrets(inputSchema, hidden);
  if (problem !== undefined) return unusable({ ...told, hash: hashOfTool(tool) }, problem);
  try {
    tryOut(inputSchema);
    const parameters = await simplified(server, tool);
    return { ...told, hash: hashOfTool(tool), inputSchema, parameters, problem: null };
  } catch (error) {
    return unusable(
      { ...told, hash: hashOfTool(tool) },
      `its schema cannot be used: ${oneLine((error as Error).message, 200)}`,
    );
  }
}

/** The schema as models take it: without references and without combinations at its top. */
async function simplified(server: string, tool: Tool): Promise<Record<string, unknown>> {
  const [made] = await loadMcpTools(server, new Listed(structuredClone(tool)));
  const schema = made?.schema;
  if (typeof schema !== 'object') throw new Error('it is not read');
  return withShortTexts({ ...schema, type: 'object' }, oneLine) as Record<string, unknown>;
}

function unusable(told: Omit<ToldTool, 'inputSchema' | 'parameters' | 'problem'>, problem: string): ToldTool {
  const { name, title, description, hints, hash } = told;
  return { name, title, description, hints, hash, inputSchema: {}, parameters: {}, problem };
}

function problemWithName(name: string, plain: string): string | undefined {
  if (name.length > LONGEST_NAME) return 'its name is too long';
  return plain === name ? undefined : 'its name is not plain';
}

function problemWithSecrets(schema: Tool['inputSchema'], hidden: readonly string[]): string | undefined {
  const text = JSON.stringify(schema);
  return withoutValues(text, hidden) === text ? undefined : 'its schema repeats what the server was sent as a secret';
}

function shortName(plain: string, name: string): string {
  return `${plain} ${createHash('sha256').update(name).digest('hex').slice(0, 8)}`;
}

/** A client whose server was asked already. */
class Listed extends Client {
  constructor(private readonly tool: Tool) {
    super({ name: 'opsagent', version: '1' });
  }

  override listTools(): Promise<{ tools: Tool[] }> {
    return Promise.resolve({ tools: [this.tool] });
  }
}
