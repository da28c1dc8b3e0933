import type { OutgoingHttpHeaders } from 'node:http';
import type { Fault } from '../scenarios/scenario.ts';

/** A refusal before a provider has put it into its own words. */
export interface Said {
  readonly status: number;
  readonly message: string;
  readonly type: string;
  readonly param: string | null;
  readonly code: string | null;
  readonly headers: OutgoingHttpHeaders;
}

/** The faults that a provider has words for. */
export type SpokenFault = Exclude<Fault, 'silent' | 'html' | '200-error'>;

/** How one provider says what went wrong. */
export interface Voice {
  /** Its error body, also in the middle of a stream. */
  body(said: Said): unknown;
  /** Its own status, code, type and words, where they are not OpenAI's. */
  readonly faults: Readonly<Partial<Record<SpokenFault, Partial<Said>>>>;
}

/** OpenAI's own. */
export const OPENAI_VOICE: Voice = {
  body: ({ message, type, param, code }) => ({ error: { message, type, param, code } }),
  faults: {},
};
