import { NgTemplateOutlet } from '@angular/common';
import {
  afterNextRender,
  Component,
  computed,
  contentChild,
  DestroyRef,
  type ElementRef,
  inject,
  Injector,
  input,
  output,
  signal,
  viewChild,
} from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import { loadPinyin } from '../../data/pinyin.js';
import { Field } from '../field.js';
import { type ComboGroup, type ComboOption, ComboOptionLook } from './combo-option.js';
import { atMost, hasHan, OptionSearch } from './option-search.js';
import { placeList } from './place-list.js';
import { Icon } from '../icon/icon.js';

/** More are found by typing. */
const MOST_SHOWN = 200;
const PAGE = 8;

let nextId = 1;

/**
 * A field with a list to choose from, narrowed by typing: parts of words, pinyin or its initials. With `isFree` what is typed
 * is itself the value. Inside an `oa-field` it takes that one's label, help and error.
 */
@Component({
  selector: 'oa-combobox',
  imports: [NgTemplateOutlet, TranslocoDirective, Icon],
  templateUrl: './combobox.html',
  styleUrl: './combobox.css',
})
export class Combobox {
  private readonly field = viewChild.required<ElementRef<HTMLInputElement>>('field');
  private readonly panel = viewChild.required<ElementRef<HTMLElement>>('panel');
  private readonly search = signal(new OptionSearch(null));
  /** What was typed since the list was opened; null shows the value and every option. */
  private readonly typed = signal<string | null>(null);
  private readonly injector = inject(Injector);
  private watching = new AbortController();
  private hasSounds = false;
  protected readonly inField = inject(Field, { optional: true });
  protected readonly look = contentChild(ComboOptionLook);
  protected readonly id = this.inField?.id ?? `oa-combobox-${nextId++}`;
  protected readonly isOpen = signal(false);
  protected readonly active = signal(-1);

  readonly label = input.required<string>();
  readonly groups = input.required<readonly ComboGroup[]>();
  /** The value of the chosen option, or with `isFree` any text. */
  readonly value = input.required<string | null>();
  /** Whether a text that is no option's value is a value as well. */
  readonly isFree = input(false);
  readonly placeholder = input('');
  readonly disabled = input(false);
  /** The owner decides: until it has changed `value`, the old one stands. */
  readonly picked = output<string>();
  readonly opened = output();
  /** The focus has left the field. */
  readonly left = output();

  protected readonly shown = computed(() => atMost(this.search().find(this.groups(), this.typed() ?? ''), MOST_SHOWN));
  protected readonly flat = computed(() => this.shown().groups.flatMap(({ options }) => options));
  protected readonly places = computed(() => new Map(this.flat().map((option, place) => [option, place])));
  protected readonly text = computed(() => {
    const value = this.value();
    const chosen = this.groups().flatMap(({ options }) => options.find((option) => option.value === value) ?? [])[0];
    return this.typed() ?? chosen?.label ?? (this.isFree() ? (value ?? '') : '');
  });

  constructor() {
    inject(DestroyRef).onDestroy(() => this.watching.abort());
  }

  /** Goes to the field and shows the list, also at the press of something else. */
  open(): void {
    const field = this.field().nativeElement;
    field.focus();
    if (!this.isFree() && !this.isOpen()) field.select();
    this.show();
    this.activate(this.flat().findIndex(({ value }) => value === this.value()));
  }

  protected type(text: string): void {
    this.show();
    this.typed.set(text);
    this.activateBest();
    if (this.isFree()) this.picked.emit(text);
  }

  protected pick(option: ComboOption): void {
    if (option.isDisabled) return;
    this.close();
    if (option.value !== this.value()) this.picked.emit(option.value);
  }

  protected leave(): void {
    this.close();
    this.left.emit();
  }

  protected key(event: KeyboardEvent): void {
    if (event.isComposing || !this.take(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** Whether the key means the list, and not the text or what is around the field. */
  private take(key: string): boolean {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: PAGE, PageUp: -PAGE }[key];
    if (!this.isOpen()) {
      if (key === 'ArrowDown' || key === 'ArrowUp') this.open();
      return this.isOpen();
    }
    if (step !== undefined) this.move(step);
    else if (key === 'Enter') this.pickActive();
    else if (key === 'Escape') this.close();
    else return false;
    return true;
  }

  private move(step: number): void {
    const last = this.flat().length - 1;
    const at = this.active();
    const isRound = Math.abs(step) === 1 && (at + step < 0 || at + step > last);
    this.activate(isRound ? (step > 0 ? 0 : last) : Math.min(Math.max(at + step, 0), last));
  }

  private pickActive(): void {
    const option = this.flat()[this.active()];
    if (option) this.pick(option);
    else if (this.isFree()) this.close();
  }

  /** What is typed freely counts as it stands, unless an option is gone to. */
  private activateBest(): void {
    this.activate(this.isFree() ? -1 : this.flat().findIndex(({ isDisabled }) => !isDisabled));
  }

  private activate(place: number): void {
    this.active.set(place);
    const bring = () => document.getElementById(`${this.id}-${place}`)?.scrollIntoView({ block: 'nearest' });
    afterNextRender({ read: bring }, { injector: this.injector });
  }

  private show(): void {
    if (this.isOpen() || this.disabled()) return;
    this.opened.emit();
    this.isOpen.set(true);
    this.panel().nativeElement.showPopover();
    this.followField();
    if (!this.hasSounds) void this.learnSounds();
  }

  private close(): void {
    if (!this.isOpen()) return;
    this.watching.abort();
    this.isOpen.set(false);
    this.typed.set(null);
    const field = this.field().nativeElement;
    field.value = this.text();
    // What is typed next replaces it.
    if (!this.isFree() && field === document.activeElement) field.select();
    this.panel().nativeElement.hidePopover();
  }

  /** The list stays at the field when the page moves under it or a keyboard comes up. */
  private followField(): void {
    const place = () => placeList(this.panel().nativeElement, this.field().nativeElement);
    this.watching = new AbortController();
    const { signal } = this.watching;
    addEventListener('scroll', place, { capture: true, passive: true, signal });
    addEventListener('resize', place, { signal });
    visualViewport?.addEventListener('resize', place, { signal });
    place();
  }

  private async learnSounds(): Promise<void> {
    if (
      !this.groups().some(({ options }) => options.some(({ label, words }) => hasHan([label, ...(words ?? [])].join())))
    )
      return;
    this.hasSounds = true;
    // Without a network it finds by letters alone.
    const pronounce = await loadPinyin().catch(() => null);
    if (pronounce) this.search.set(new OptionSearch(pronounce));
    if (this.typed() !== null) this.activateBest();
  }
}
