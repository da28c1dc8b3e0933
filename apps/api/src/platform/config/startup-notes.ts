import { Injectable } from '@nestjs/common';

/** What the features want to say to whoever started the server, printed once it listens: how to sign in, for example. */
@Injectable()
export class StartupNotes {
  private readonly kept: string[] = [];

  /** Adds one line to what is printed at the end of the start. */
  add(line: string): void {
    this.kept.push(line);
  }

  get lines(): readonly string[] {
    return this.kept;
  }
}
