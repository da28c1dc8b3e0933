import type { OpenSource } from '../../src/agent/sources/source-kind.js';
import type { AgentTool, ToolResult } from '../../src/agent/tools/agent-tool.js';
import { problemWith } from '../../src/agent/tools/check-input.js';
import { dbDiagnose } from '../../src/agent/tools/db/db-diagnose.js';
import { dbQuery } from '../../src/agent/tools/db/db-query.js';
import { DATABASE_KINDS } from '../../src/agent/sources/databases/open-database.js';
import { Environment } from '../../src/platform/config/environment.js';
import { Outbound } from '../../src/platform/outbound/outbound.js';
import { FixedSources } from './fixed-sources.js';
import { aToolContext } from './tool-context.js';

export type Login = Pick<OpenSource, 'kind'> & { port: number; user: string; password: string } & Pick<
    OpenSource['settings'],
    'database' | 'tls'
  >;

/** The tools for databases, on sources that stand in no table. */
export class DatabaseTools {
  readonly outbound = new Outbound(new Environment());
  private readonly tools: readonly AgentTool[];
  private readonly sources: FixedSources;

  constructor(logins: Readonly<Record<string, Login>>) {
    const sources = Object.entries(logins).map(([name, login]) => this.sourceOf(name, login));
    this.sources = new FixedSources(sources);
    const access = { sources: this.sources, outbound: this.outbound };
    this.tools = [dbQuery(access), dbDiagnose(access)];
  }

  /** Runs a statement on a source. */
  query(source: string, sql: string, more: { max_rows?: number } = {}, signal?: AbortSignal): Promise<ToolResult> {
    return this.call('db_query', { source, sql, ...more }, signal);
  }

  diagnose(source: string, check: string): Promise<ToolResult> {
    return this.call('db_diagnose', { source, check });
  }

  source(name: string): OpenSource {
    return this.sources.open(DATABASE_KINDS, name);
  }

  private call(name: string, input: object, signal?: AbortSignal): Promise<ToolResult> {
    const tool = this.tools.find((one) => one.name === name);
    if (!tool) throw new Error(`There is no ${name}.`);
    expect(problemWith(input, tool.parameters)).toBeUndefined();
    return tool.run(input, aToolContext(signal ? { signal } : {}));
  }

  private sourceOf(name: string, { kind, port, user, password, ...settings }: Login): OpenSource {
    this.outbound.allow('127.0.0.1', port);
    const place = { host: '127.0.0.1', port, username: user };
    return { name, kind, environment: 'test', settings: { ...place, ...settings }, secrets: { password } };
  }
}
