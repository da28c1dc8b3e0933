import { Injectable, Logger } from '@nestjs/common';

/** What the features want to say to whoever started the server, printed once it listens: how to sign in, for example. */
@Injectable()
export class StartupNotes {
  private readonly logger = new Logger(StartupNotes.name);
  private readonly kept: string[] = [];
  private readonly later: (() => Promise<string | null>)[] = [];

  /** Adds one line to what is printed at the end of the start. */
  add(line: string): void {
    this.kept.push(line);
  }

  /** Adds something to do once the server listens, and perhaps a line about it. */
  addLater(find: () => Promise<string | null>): void {
    this.later.push(find);
  }

  get lines(): readonly string[] {
    return this.kept;
  }

  /** Does what was left for later; what fails there harms nothing. */
  async *laterLines(): AsyncGenerator<string> {
    for (const find of this.later) {
      try {
        const line = await find();
        if (line !== null) yield line;
      } catch (error) {
        this.logger.warn(error);
      }
    }
  }
}
