import type { FaultKind, LlmProvider } from '@opsagent/contracts';
import type { Script } from '../support/raw-provider.js';

/** Something a server may say, and what must come of it. */
export interface FaultCase {
  readonly name: string;
  readonly provider?: LlmProvider;
  /** What each attempt is answered; the last is repeated. */
  readonly says: readonly Script[];
  readonly fault: FaultKind | 'none';
  /** How often it is asked; once where asking again is no use. */
  readonly asked?: number;
  /** What came before the fault. */
  readonly text?: string;
  readonly words?: string;
}

/** What a proxy says in the place of a provider. */
export const PAGE = '<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>';
