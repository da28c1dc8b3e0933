import type { Outbound } from '../../../platform/outbound/outbound.js';
import {
  AnswerTooBig,
  type DatabaseSession,
  StatementFailed,
  TOOK_TOO_LONG,
} from '../../sources/databases/database-session.js';
import { DATABASE_KINDS, withDatabase } from '../../sources/databases/open-database.js';
import type { OpenSource } from '../../sources/source-kind.js';
import type { ToolSources } from '../../sources/tool-sources.js';
import type { ToolContext, ToolResult } from '../agent-tool.js';
import { resultFrom } from '../asked-source.js';
import { Lanes } from '../lanes.js';
import { StatementRefused } from './statement/tokens.js';

/** A database in trouble has few connections left: the agent takes this many of each at once. */
const CONNECTIONS_AT_ONCE = 2;
const lanes = new Map<string, Lanes>();

/** What tools that ask databases need. */
export interface DatabaseAccess {
  readonly sources: ToolSources;
  readonly outbound: Outbound;
}

export interface DatabaseWork {
  /** The source's name, as the model says it. */
  readonly source: string | undefined;
  readonly statementMs: number;
  /** What is asked, where it is known before. */
  readonly query?: string;
}

/** Works with a registered database; what goes wrong there is a result for the model. */
export function databaseResult(
  { sources, outbound }: DatabaseAccess,
  { source: name, statementMs, query }: DatabaseWork,
  { signal }: Pick<ToolContext, 'signal'>,
  work: (session: DatabaseSession, source: OpenSource) => Promise<ToolResult>,
): Promise<ToolResult> {
  const about = query === undefined ? {} : { query };
  const ask = async (): Promise<ToolResult> => {
    const source = sources.open(DATABASE_KINDS, name);
    try {
      return await lanesOf(source).run(
        () => withDatabase(outbound, source, { statementMs }, signal, (session) => work(session, source)),
        signal,
      );
    } catch (error) {
      if (error instanceof StatementRefused) {
        return { status: 'refused', message: error.message, source: source.name, ...about };
      }
      if (!(error instanceof StatementFailed)) throw error;
      const message =
        error.code === TOOK_TOO_LONG
          ? `The statement was ended after ${statementMs / 1000} s: ask for less.`
          : `${error.message} (${error.code})`;
      return { status: 'error', message, source: source.name, ...about };
    }
  };
  return resultFrom(ask, { signal, ...about, refusals: [AnswerTooBig] });
}

function lanesOf({ name }: OpenSource): Lanes {
  let own = lanes.get(name);
  if (!own) lanes.set(name, (own = new Lanes(CONNECTIONS_AT_ONCE)));
  return own;
}
