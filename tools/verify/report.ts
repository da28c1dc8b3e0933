type Say = (line: string) => void;

/** Runs checks one after another and says how each went. */
export class Report {
  failed = 0;
  private readonly last: { name: string; work: () => Promise<unknown> }[] = [];
  private readonly say: Say;

  constructor(say: Say) {
    this.say = say;
  }

  /** What `work` answers is said beside the name; what it throws is the reason of a failure. */
  async check(name: string, work: () => Promise<unknown>): Promise<void> {
    const from = performance.now();
    const took = (): string => `${Math.round(performance.now() - from)} ms`.padStart(9);
    try {
      const note = await work();
      this.say(`ok   ${took()}  ${name}${typeof note === 'string' && note ? `: ${note}` : ''}`);
    } catch (error) {
      this.failed += 1;
      this.say(`FAIL ${took()}  ${name}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  /** Puts off until everything has been checked, the newest first. */
  atTheEnd(name: string, work: () => Promise<unknown>): void {
    this.last.unshift({ name, work });
  }

  async finish(): Promise<void> {
    for (const { name, work } of this.last.splice(0)) {
      await this.check(name, async () => void (await work()));
    }
  }
}
