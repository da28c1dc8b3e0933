import type { TestEvent, TestStage, TestStepDto, TestStepState } from '@opsagent/contracts';

type Facts = Record<string, unknown>;

/** Where a test says what happens; nobody has to listen. */
export type EmitTestEvent = (event: TestEvent) => void;

const CHAT: readonly TestStage[] = ['address', 'dns', 'tcp', 'tls', 'auth', 'model', 'first_token', 'stream'];
const EMBEDDING: readonly TestStage[] = ['address', 'dns', 'tcp', 'tls', 'auth', 'model', 'embedding'];

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
    this.add({ stage, state, ms: Math.round(this.now() - from), detail, facts });
  }

  /** A rung that was not tried, or whose time is known from elsewhere. */
  add(step: TestStepDto): void {
    this.done.push(step);
    this.tell(step);
  }

  private tell(step: TestStepDto): void {
    this.emit({ type: 'test_step', step });
  }
}
