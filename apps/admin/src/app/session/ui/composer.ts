import {
  Component,
  computed,
  effect,
  type ElementRef,
  inject,
  input,
  linkedSignal,
  output,
  viewChild,
} from '@angular/core';
import { TranslocoPipe } from '@jsverse/transloco';
import { Obstacle } from '../../shared/data/obstacle.js';
import { SendKey } from '../../shared/data/send-key.js';
import { Writes } from '../../shared/ui/writes.js';
import { Drafts } from '../drafts.js';
import { Icon } from '../../shared/ui/icon/icon.js';

/** Where questions are written: the chosen key sends, Shift Enter breaks the line, and composing with an input method does neither. */
@Component({
  selector: 'oa-composer',
  imports: [TranslocoPipe, Icon, Writes],
  templateUrl: './composer.html',
  styleUrl: './composer.css',
})
export class Composer {
  private readonly drafts = inject(Drafts);
  private readonly unreachable = inject(Obstacle).reason;
  protected readonly sendKey = inject(SendKey);
  private readonly area = viewChild.required<ElementRef<HTMLTextAreaElement>>('area');
  /** Which draft this is: a session's id, or `new`. */
  readonly place = input.required<string>();
  readonly isAnswering = input(false);
  readonly isStopping = input(false);
  readonly isBusy = input(false);
  /** Why nothing can be sent now, empty when something can. */
  readonly blocked = input('');
  readonly sent = output<string>();
  readonly stopped = output();

  /** What is said below the text: that, or that the server cannot be reached. */
  protected readonly obstacle = computed(() => this.unreachable() || this.blocked());
  protected readonly text = linkedSignal(() => this.drafts.read(this.place()));

  constructor() {
    effect(() => {
      const area = this.area().nativeElement;
      const text = this.text();
      if (area.value !== text) area.value = text;
      grow(area);
    });
  }

  focus(): void {
    this.area().nativeElement.focus();
  }

  /** Puts a text in, for example an example or a question taken back from the queue. */
  write(text: string): void {
    this.change(text);
    this.focus();
  }

  protected change(text: string): void {
    this.text.set(text);
    this.drafts.write(this.place(), text);
  }

  protected sendOnKey(event: KeyboardEvent): void {
    if (!this.sendKey.sends(event)) return;
    event.preventDefault();
    this.send();
  }

  protected send(): void {
    const query = this.text().trim();
    if (query === '' || this.obstacle() !== '' || this.isBusy()) return;
    this.change('');
    this.sent.emit(query);
  }
}

/** As high as its text; the style sheet says how high at most. */
function grow(area: HTMLTextAreaElement): void {
  area.style.height = 'auto';
  area.style.height = `${area.scrollHeight}px`;
}
