import type { OpenSource } from '../../src/agent/sources/source-kind.js';
import type { AgentTool, CallInWords, ToolResult } from '../../src/agent/tools/agent-tool.js';
import { problemWith } from '../../src/agent/tools/check-input.js';
import { dbDiagnose } from '../../src/agent/tools/db/db-diagnose.js';
import { dbQuery } from '../../src/agent/tools/db/db-query.js';
import { DATABASE_KINDS } from '../../src/agent/sources/databases/open-database.js';
import { Environment } from '../../src/platform/config/environment.js';
import { Outbound } from '../../src/platform/outbound/outbound.js';
import { FixedSources } from './fixed-sources.js';
import { CommandTargets } from '../../src/agent/tools/command/command-targets.js';
import { remediate } from '../../src/agent/tools/remediate.js';
import type { RemediateInput } from '../../src/agent/tools/remediate/remedy.js';
import { aToolContext } from './tool-context.js';

export type Login = Pick<OpenSource, 'kind'> & {
  port: number;
  user: string;
  password: string;
  action_password?: string;
} & Pick<OpenSource['settings'], 'database' | 'tls' | 'action_username'>;

/** The tools for databases, on sources that stand in no table. */
export class DatabaseTools {
  readonly outbound = new Outbound(new Environment());
  private readonly tools: readonly AgentTool[];
  private readonly remedies: AgentTool<RemediateInput>;
  private readonly sources: FixedSources;

  constructor(logins: Readonly<Record<string, Login>>) {
    const sources = Object.entries(logins).map(([name, login]) => this.sourceOf(name, login));
    this.sources = new FixedSources(sources);
    const access = { sources: this.sources, outbound: this.outbound };
    this.remedies = remediate(new CommandTargets(this.sources, this.outbound, new Environment()), access);
    this.tools = [dbQuery(access), dbDiagnose(access)];
  }

  /** Runs a statement on a source. */
  query(source: string, sql: string, more: { max_rows?: number } = {}, signal?: AbortSignal): Promise<ToolResult> {
    return this.call('db_query', { source, sql, ...more }, signal);
  }

  diagnose(source: string, check: string): Promise<ToolResult> {
    return this.call('db_diagnose', { source, check });
  }

  /** What an approver would read of an action. */
  async describeAction(input: RemediateInput): Promise<CallInWords | undefined> {
    const words = await this.remedies.describe?.(input, { environment: null });
    // What is allowed is done only while both say the same.
    expect(this.remedies.targetOf?.(input)).toBe(words?.target);
    return words;
  }

  act(input: RemediateInput): Promise<ToolResult> {
    return this.remedies.run(input, aToolContext());
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

  private sourceOf(name: string, { kind, port, user, password, action_password, ...settings }: Login): OpenSource {
    this.outbound.allow('127.0.0.1', port);
    const place = { host: '127.0.0.1', port, username: user };
    return {
      name,
      kind,
      environment: 'test',
      settings: { ...place, ...settings },
      secrets: { password, ...(action_password && { action_password }) },
    };
  }
}
