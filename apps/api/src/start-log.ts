/** Holds log lines back until the start is over: one that fails for a plain reason says a plain sentence instead. */
export class StartLog {
  private held: string[] | undefined = [];

  write(line: string): void {
    if (this.held) this.held.push(line);
    else process.stdout.write(line);
  }

  /** Shows what was held back, and from now on every line at once. */
  show(): void {
    const lines = this.held ?? [];
    this.held = undefined;
    for (const line of lines) process.stdout.write(line);
  }
}
