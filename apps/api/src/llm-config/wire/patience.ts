import type { ModelTimeouts } from '../llm-config-facts.js';
import type { Environment } from '../../platform/config/environment.js';
import type { Deadline, Deadlines } from '../../platform/outbound/deadlines.js';
import { OutOfPatience } from './faults.js';

/** How long a call waits for what. */
export interface Patience {
  readonly connectMs: number;
  readonly firstByteMs: number;
  readonly idleMs: number;
  readonly totalMs: number;
}

/** Once the model has said why it stopped, only figures can follow: nobody waits long for those. */
const AFTER_FINISH_MS = 5000;

/** The configuration's own timers, the provider's longer first wait, the server's defaults. */
export function patienceOf(
  environment: Environment,
  own: ModelTimeouts | undefined,
  providerFirstByteMs: number | undefined,
): Patience {
  const firstByteMs = environment.OPSAGENT_FIRST_BYTE_MS;
  return {
    connectMs: own?.connect_ms ?? environment.OPSAGENT_CONNECT_MS,
    firstByteMs: own?.first_byte_ms ?? Math.max(firstByteMs, providerFirstByteMs ?? 0),
    idleMs: own?.idle_ms ?? environment.OPSAGENT_IDLE_MS,
    totalMs: own?.total_ms ?? environment.OPSAGENT_TOTAL_MS,
  };
}

/** The timers of one call: re-armed by writing a number, so that a chunk costs nothing. */
export class CallTimer implements Deadline {
  at: number;
  private waitingFor: 'first_byte' | 'idle' | 'total' = 'total';
  private readonly endAt: number;

  constructor(
    private readonly patience: Patience,
    startedAt: number,
    private readonly deadlines: Deadlines,
    private readonly giveUp: (because: OutOfPatience) => void,
  ) {
    this.endAt = startedAt + patience.totalMs;
    this.at = this.endAt;
    deadlines.watch(this);
  }

  get remainingMs(): number {
    return Math.max(1, this.endAt - performance.now());
  }

  /** The request went out, or a sign of life came that is no part of the answer yet. */
  awaitFirstByte(): void {
    this.arm('first_byte', this.patience.firstByteMs);
  }

  /** A part of the answer came. */
  awaitNext(isFinished: boolean): void {
    this.arm('idle', isFinished ? Math.min(AFTER_FINISH_MS, this.patience.idleMs) : this.patience.idleMs);
  }

  stop(): void {
    this.deadlines.forget(this);
  }

  expire(): void {
    this.giveUp(new OutOfPatience(this.because()));
  }

  private arm(waitingFor: 'first_byte' | 'idle', milliseconds: number): void {
    const at = performance.now() + milliseconds;
    this.waitingFor = at < this.endAt ? waitingFor : 'total';
    this.at = Math.min(at, this.endAt);
  }

  private because(): string {
    const { firstByteMs, idleMs, totalMs } = this.patience;
    if (this.waitingFor === 'first_byte') return `got no answer in time: nothing came within ${inWords(firstByteMs)}`;
    if (this.waitingFor === 'idle') return `got only a part of the answer: nothing more came for ${inWords(idleMs)}`;
    return `got no complete answer within ${inWords(totalMs)}`;
  }
}

function inWords(milliseconds: number): string {
  return milliseconds % 1000 === 0 ? `${milliseconds / 1000} s` : `${milliseconds} ms`;
}
