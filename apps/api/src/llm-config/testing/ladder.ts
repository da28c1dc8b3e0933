import type { FaultKind, TestEvent, TestStage, TestStepDto, TestStepState } from '@opsagent/contracts';

type Facts = Record<string, unknown>;

/** Where a test says what happens; nobody has to listen. */
export type EmitTestEvent = (event: TestEvent) => void;

const CHAT: readonly TestStage[] = ['address', 'dns', 'tcp', 'tls', 'auth', 'model', 'first_token', 'stream'];
const EMBEDDING: readonly TestStage[] = ['address', 'dns', 'tcp', 'tls', 'auth', 'model', 'embedding'];

/** Which rung a refusal speaks of, before anything of an answer has come. */
const STAGE_OF: Partial<Record<FaultKind, TestStage>> = {
  invalid_key: 'auth',
  permission: 'auth',
  insufficient_balance: 'auth',
  rate_limit: 'auth',
  quota_window: 'auth',
  unreachable: 'auth',
  model_not_found: 'model',
  bad_request: 'model',
  content_filter: 'model',
  context_too_long: 'model',
  server: 'model',
  overloaded: 'model',
};

/** The rungs that a test of this kind will try, in order. */
export function stagesOf(isEmbedding: boolean, withToolCall: boolean): TestStage[] {
  if (isEmbedding) return [...EMBEDDING];
  return withToolCall ? [...CHAT, 'tool_call'] : [...CHAT];
}

/** The rungs of one test as they are climbed; each is told when it begins and when it ends. */
export class Ladder {
  private readonly done: TestStepDto[] = [];
  private current: { stage: TestStage; from: number } | null = null;

  constructor(
    stages: readonly TestStage[],
    private readonly emit: EmitTestEvent,
    private readonly now: () => number,
  ) {
    emit({ type: 'test_started', stages: [...stages] });
  }

  /** The rungs that are over. */
  get steps(): TestStepDto[] {
    return [...this.done];
  }

  /** The rung that is being tried. */
  get trying(): TestStage | null {
    return this.current?.stage ?? null;
  }

  begin(stage: TestStage): void {
    this.current = { stage, from: this.now() };
    this.tell({ stage, state: 'running', ms: null, detail: null, facts: null });
  }

  /** Ends the rung that is being tried, if one is. */
  end(state: TestStepState, detail: string | null = null, facts: Facts | null = null): void {
    if (!this.current) return;
    const { stage, from } = this.current;
    this.current = null;
    this.keep({ stage, state, ms: Math.round(this.now() - from), detail, facts });
  }

  /** A rung that was not tried by itself. */
  add(stage: TestStage, state: TestStepState, found: Partial<Pick<TestStepDto, 'ms' | 'detail' | 'facts'>> = {}): void {
    this.keep({ stage, state, ms: null, detail: null, facts: null, ...found });
  }

  /** The model's side has answered: the key is good, and the model is there. */
  reach(modelName: string): void {
    this.end('passed');
    this.add('model', 'passed', { detail: modelName });
  }

  /** Ends the rung that did not hold; a refusal by the model's side proves what stands before it. @returns that rung */
  fail(fault: FaultKind, message: string): TestStage {
    const last = this.done.at(-1);
    if (last?.state === 'failed') return last.stage;
    const stage = this.trying === 'auth' ? (STAGE_OF[fault] ?? 'first_token') : (this.trying ?? 'stream');
    if (stage === this.trying) {
      this.end('failed', message);
      return stage;
    }
    this.end('passed');
    if (stage === 'first_token') this.add('model', 'passed');
    this.add(stage, 'failed', { detail: message });
    return stage;
  }

  private keep(step: TestStepDto): void {
    this.done.push(step);
    this.tell(step);
  }

  private tell(step: TestStepDto): void {
    this.emit({ type: 'test_step', step });
  }
}
