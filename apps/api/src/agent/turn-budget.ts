/** What one turn may take before it has to answer with what it has. */
const MOST_MODEL_CALLS = 16;
const MOST_TOOL_CALLS = 40;

/** The same call with the same input is not run more often than this. */
const MOST_REPEATS = 2;

/** Rounds in a row in which every call was refused: the model does not get further. */
const MOST_STUCK_ROUNDS = 2;

/** Counts what a turn has used and says when it is enough. */
export class TurnBudget {
  private modelCalls = 0;
  private toolCalls = 0;
  private stuckRounds = 0;
  private readonly repeats = new Map<string, number>();

  /** The model has to answer now, without tools. */
  get isUsedUp(): boolean {
    return (
      this.modelCalls >= MOST_MODEL_CALLS - 1 ||
      this.toolCalls >= MOST_TOOL_CALLS ||
      this.stuckRounds >= MOST_STUCK_ROUNDS
    );
  }

  countModelCall(): void {
    this.modelCalls += 1;
  }

  /** Why a call is not run, or undefined when it may be. */
  refusalOf(tool: string, input: string): string | undefined {
    if (this.toolCalls >= MOST_TOOL_CALLS) return `At most ${MOST_TOOL_CALLS} tool calls are run per answer.`;
    const key = `${tool} ${input}`;
    const times = (this.repeats.get(key) ?? 0) + 1;
    this.repeats.set(key, times);
    if (times > MOST_REPEATS) {
      return 'This very call was made before: use its result, change the input or answer with what you have.';
    }
    this.toolCalls += 1;
    return undefined;
  }

  countRound(wasRefusedWhole: boolean): void {
    this.stuckRounds = wasRefusedWhole ? this.stuckRounds + 1 : 0;
  }
}
