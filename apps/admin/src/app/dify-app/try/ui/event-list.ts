import {
  afterRenderEffect,
  Component,
  computed,
  type ElementRef,
  inject,
  input,
  signal,
  viewChild,
} from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import { Formats } from '../../../shared/i18n/formats.js';
import { RowWindow } from '../../../shared/ui/data-table/row-window-directive.js';
import { evenRows, type RowRange } from '../../../shared/ui/rows-in-view.js';
import type { WireEvent } from '../event-blocks.js';

const ROW = 24;
/** How near its end the list counts as being read at its end. */
const NEAR = 2 * ROW;
const GIST = ['answer', 'observation', 'tool_input', 'thought', 'message', 'url'];
const EXPLAINED = [
  'message',
  'agent_message',
  'agent_thought',
  'message_file',
  'message_replace',
  'message_end',
  'tts_message',
  'tts_message_end',
  'error',
  'ping',
];

/** Events with the time of each, as many as there are; the chosen one is explained and laid out below. */
@Component({
  selector: 'oa-event-list',
  imports: [RowWindow, TranslocoDirective],
  templateUrl: './event-list.html',
  styleUrl: './event-list.css',
})
export class EventList {
  protected readonly formats = inject(Formats);
  readonly events = input.required<readonly WireEvent[]>();
  /** Whether more may come. */
  readonly isOpen = input(false);
  private readonly box = viewChild<ElementRef<HTMLElement>>('box');

  protected readonly row = ROW;
  protected readonly places = computed(() => evenRows(this.events().length, ROW));
  private readonly range = signal<RowRange>({ start: 0, end: 0 });
  protected readonly drawn = computed(() => this.events().slice(this.range().start, this.range().end));
  protected readonly chosen = signal<number | null>(null);
  protected readonly detail = computed(() => {
    const event = this.events()[this.chosen() ?? -1];
    if (!event) return null;
    const before = this.events()[event.index - 1]?.at ?? event.at;
    const key = EXPLAINED.includes(event.name) ? `apps.try.event.${event.name}` : 'apps.try.event.other';
    return { event, key, gap: event.at - before, text: textOf(event) };
  });
  private isFollowing = true;

  constructor() {
    afterRenderEffect(() => {
      const box = this.box()?.nativeElement;
      if (box && this.isFollowing && this.events().length > 0 && this.isOpen()) box.scrollTop = box.scrollHeight;
    });
  }

  protected move(range: RowRange): void {
    this.range.set(range);
  }

  protected noteScroll(box: HTMLElement): void {
    this.isFollowing = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR;
  }

  protected timeOf({ at }: WireEvent): string {
    return `${this.formats.number(at)} ms`;
  }

  /** What tells an event from its neighbours; as it came where nothing does. */
  protected gistOf({ data, raw }: WireEvent): string {
    const part = GIST.map((name) => data?.[name]).find((value) => typeof value === 'string' && value !== '');
    return typeof part === 'string' ? JSON.stringify(part) : raw;
  }

  protected chooseAt(target: EventTarget | null): void {
    const row = target instanceof Element ? target.closest<HTMLElement>('[data-index]') : null;
    if (row) this.chosen.set(Number(row.dataset['index']));
  }

  protected chooseByKey(event: KeyboardEvent): void {
    const to = this.target(event.key);
    if (to === null) return;
    event.preventDefault();
    this.chosen.set(to);
    this.show(to);
  }

  private target(key: string): number | null {
    const [at, last] = [this.chosen() ?? -1, this.events().length - 1];
    if (key === 'ArrowDown') return Math.min(last, at + 1);
    if (key === 'ArrowUp') return Math.max(0, at - 1);
    if (key === 'Home') return 0;
    return key === 'End' ? last : null;
  }

  private show(index: number): void {
    const box = this.box()?.nativeElement;
    if (!box) return;
    const top = index * ROW;
    if (top < box.scrollTop) box.scrollTop = top;
    if (top + ROW > box.scrollTop + box.clientHeight) box.scrollTop = top + ROW - box.clientHeight;
  }
}

function textOf({ data, raw }: WireEvent): string {
  return data ? JSON.stringify(data, null, 2) : raw;
}
