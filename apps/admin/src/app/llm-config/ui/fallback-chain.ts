import {
  afterNextRender,
  Component,
  computed,
  ElementRef,
  inject,
  Injector,
  input,
  model,
  signal,
  viewChild,
} from '@angular/core';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import type { LlmConfigDto } from '@opsagent/contracts';
import { Control, Field } from '../../shared/ui/field.js';
import { LlmConfigList } from '../llm-config-list.js';
import { Icon } from '../../shared/ui/icon/icon.js';

/** The server takes no longer chain. */
const MOST = 5;

/** The configurations that answer in this one's place while it fails, in the order they are tried. */
@Component({
  selector: 'oa-fallback-chain',
  imports: [Control, Field, Icon, TranslocoDirective],
  templateUrl: './fallback-chain.html',
  styleUrl: './fallback-chain.css',
})
export class FallbackChain {
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  private readonly injector = inject(Injector);
  private readonly list = inject(LlmConfigList);
  private readonly transloco = inject(TranslocoService);
  private readonly adder = viewChild<ElementRef<HTMLSelectElement>>('adder');
  readonly ids = model.required<string[]>();
  /** The configuration itself, which is no fallback of its own. */
  readonly ownId = input<string | null>(null);
  readonly isEmbedding = input(false);
  readonly error = input('');

  protected readonly announced = signal('');
  protected readonly chain = computed(() => this.ids().map((id) => ({ id, config: this.configOf(id) })));
  /** Only another one of the same kind can answer instead. */
  protected readonly offered = computed(() =>
    (this.list.configs() ?? [])
      .filter(({ id, is_embedding }) => is_embedding === this.isEmbedding() && id !== this.ownId())
      .filter(({ id }) => !this.ids().includes(id))
      .sort((left, right) => left.name.localeCompare(right.name)),
  );
  protected readonly isFull = computed(() => this.ids().length >= MOST);

  protected nameOf(id: string): string {
    return this.configOf(id)?.name ?? this.transloco.translate('configs.drawer.fallbacks.gone');
  }

  protected add(select: HTMLSelectElement): void {
    const id = select.value;
    select.value = '';
    if (!id || this.isFull()) return;
    this.ids.update((ids) => [...ids, id]);
    this.say('added', id, this.ids().length);
  }

  protected move(index: number, by: -1 | 1): void {
    const ids = [...this.ids()];
    const [id] = ids.splice(index, 1);
    if (id === undefined) return;
    ids.splice(index + by, 0, id);
    this.ids.set(ids);
    this.say('moved', id, index + by + 1);
    // A moved element has lost the focus; the next press moves it on.
    afterNextRender(() => this.arrowOf(index + by, by)?.focus(), { injector: this.injector });
  }

  protected remove(id: string): void {
    this.ids.update((ids) => ids.filter((other) => other !== id));
    this.say('removed', id, 0);
    this.adder()?.nativeElement.focus();
  }

  private arrowOf(place: number, by: -1 | 1): HTMLButtonElement | undefined {
    const arrows = this.host.querySelectorAll('li')[place]?.querySelectorAll('button');
    return arrows?.[by < 0 ? 0 : 1];
  }

  private configOf(id: string): LlmConfigDto | undefined {
    return this.list.configs()?.find((config) => config.id === id);
  }

  private say(what: 'added' | 'moved' | 'removed', id: string, place: number): void {
    this.announced.set(
      this.transloco.translate(`configs.drawer.fallbacks.said.${what}`, { name: this.nameOf(id), place }),
    );
  }
}
