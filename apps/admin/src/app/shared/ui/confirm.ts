import { Service, signal } from '@angular/core';

export interface Question {
  readonly title: string;
  /** The effect, with numbers. */
  readonly text: string;
  /** The verb on the button. */
  readonly confirm: string;
  readonly cancel?: string;
  readonly isDangerous?: boolean;
  /** Has to be typed before the button works. */
  readonly typed?: string;
}

interface Asked extends Question {
  readonly answer: (isConfirmed: boolean) => void;
}

/** Asks before what cannot be undone. */
@Service()
export class Confirm {
  private readonly open = signal<Asked | null>(null);
  readonly asked = this.open.asReadonly();

  /** Resolves with true when the user confirmed; a second question waits for nobody: the first one counts as refused. */
  ask(question: Question): Promise<boolean> {
    this.open()?.answer(false);
    return new Promise((resolve) => {
      this.open.set({
        ...question,
        answer: (isConfirmed) => {
          this.open.set(null);
          resolve(isConfirmed);
        },
      });
    });
  }
}
