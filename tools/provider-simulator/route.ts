import type { Exchange } from './exchange.ts';

/** What one running simulator remembers between requests. */
export interface Memory {
  /** The key that calls must carry where one is needed. */
  readonly key: string;
  /** @returns whether this model name is asked for the first time. */
  isFirst(model: string): boolean;
}

export type Handler = (exchange: Exchange, memory: Memory) => Promise<void> | void;

/** The methods of one path. */
export type Methods = Readonly<Partial<Record<string, Handler>>>;
