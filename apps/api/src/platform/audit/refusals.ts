import { type BeforeApplicationShutdown, Injectable, Logger } from '@nestjs/common';
import { type RequestContext, RequestContexts } from '../actor/request-context.js';
import { type AuditEntry, AuditLog } from './audit-log.js';

const GATHERED_MS = 60_000;
const MOST_NAMES = 10;
/** Beyond these, all of one action count as one source. */
const MOST_SOURCES = 1000;

/** Something that was refused, and how more of the same are gathered. */
export interface Refusal extends Pick<AuditEntry, 'action' | 'targetType' | 'targetId' | 'targetName' | 'after'> {
  /** Who tries: an address, or somebody who proved who they are. */
  readonly source: string;
  /** What the gathered entry lists under `names`. */
  readonly name: string;
  readonly names: string;
  /** What it says besides. */
  readonly facts?: Record<string, unknown>;
}

interface Gathered {
  attempts: number;
  readonly listed: Set<string>;
  readonly first: Refusal;
  readonly context: RequestContext | undefined;
  readonly timer: NodeJS.Timeout;
}

/** Writes refusals down: the first of a source at once, those of the next minute as one entry. */
@Injectable()
export class Refusals implements BeforeApplicationShutdown {
  private readonly logger = new Logger(Refusals.name);
  private readonly gathered = new Map<string, Gathered>();

  constructor(
    private readonly audit: AuditLog,
    private readonly contexts: RequestContexts,
  ) {}

  async record(refusal: Refusal): Promise<void> {
    const { action, targetType, targetId, targetName, after, source, name } = refusal;
    const key = this.gathered.size < MOST_SOURCES ? `${action} ${source}` : action;
    const open = this.gathered.get(`${action} ${source}`) ?? this.gathered.get(key);
    if (open) {
      open.attempts += 1;
      if (open.listed.size < MOST_NAMES) open.listed.add(name);
      return;
    }
    this.open(key, refusal);
    await this.audit.record({ action, targetType, targetId, targetName, ...(after ? { after } : {}), refused: true });
  }

  async beforeApplicationShutdown(): Promise<void> {
    for (const key of [...this.gathered.keys()]) await this.close(key);
  }

  private open(key: string, first: Refusal): void {
    const close = (): Promise<void> => this.close(key).catch((error: unknown) => this.logger.warn(error));
    const timer = setTimeout(() => void close(), GATHERED_MS).unref();
    this.gathered.set(key, { attempts: 0, listed: new Set(), first, context: this.contexts.current(), timer });
  }

  private async close(key: string): Promise<void> {
    const open = this.gathered.get(key);
    this.gathered.delete(key);
    if (!open) return;
    clearTimeout(open.timer);
    if (open.attempts === 0) return;
    const { action, targetType, names, facts } = open.first;
    const after = { attempts: open.attempts, [names]: [...open.listed], ...facts };
    const entry = { action, targetType, targetId: null, targetName: null, after, refused: true };
    const record = (): Promise<void> => this.audit.record(entry);
    await (open.context ? this.contexts.run(open.context, record) : record());
  }
}
