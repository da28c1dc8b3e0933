import { Component, computed, DestroyRef, inject, input, output, signal } from '@angular/core';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import type { LlmConfigTestDto, TestRemedyDto } from '@opsagent/contracts';
import { ProblemText } from '../../data/problem-text.js';
import { Formats } from '../../i18n/formats.js';
import { Language } from '../../i18n/language.js';
import { CopyButton } from '../copy-button.js';
import { isLink, isNote, labelOf } from './remedies.js';
import { TestRun } from './test-run.js';
import { Icon } from '../icon/icon.js';

const TICK_MS = 100;

/** A test as it climbs: every rung with its time, then the result, or the cause with what can be done about it. */
@Component({
  selector: 'oa-test-ladder',
  imports: [CopyButton, Icon, TranslocoDirective],
  templateUrl: './test-ladder.html',
  styleUrl: './test-ladder.css',
})
export class TestLadder {
  private readonly transloco = inject(TranslocoService);
  private readonly language = inject(Language);
  private readonly problemText = inject(ProblemText);
  protected readonly formats = inject(Formats);
  protected readonly run = inject(TestRun);
  /** False where the values cannot be changed in place: remedies that change them lead elsewhere. */
  readonly canMend = input(true);
  readonly asked = output();
  /** A remedy that changes the tested values. */
  readonly mended = output<TestRemedyDto>();

  private readonly now = signal(Date.now());
  protected readonly elapsed = computed(() => {
    const startedAt = this.run.startedAt();
    return startedAt === null ? 0 : Math.max(0, this.now() - startedAt);
  });
  protected readonly figures = computed(() => {
    this.language.active();
    const result = this.run.result();
    return result?.success ? this.figuresOf(result) : '';
  });
  /** What is wrong, in the reader's words: the exact cause, else the kind of fault, else our own server's problem. */
  protected readonly fault = computed(() => {
    this.language.active();
    const problem = this.run.problem();
    if (problem) return this.problemText.of(problem);
    const result = this.run.result();
    if (!result || result.success) return null;
    if (!result.cause || result.cause === 'unknown') return this.problemText.ofFault(result.kind ?? 'internal');
    const facts = this.factsOf(result);
    const text = (part: string): string => this.transloco.translate(`test.cause.${result.cause}.${part}`, facts);
    return { title: text('title'), cause: '', action: text('action') };
  });
  protected readonly remedies = computed(() => {
    this.language.active();
    return (this.run.result()?.remedies ?? []).map((remedy) => ({
      remedy,
      label: labelOf(remedy, (key, values) => this.transloco.translate(key, values)),
      isLink: isLink(remedy),
      isNote: isNote(remedy),
    }));
  });
  protected readonly model = computed(() => textOf(this.run.result()?.config_info['model_name']));

  constructor() {
    const timer = setInterval(() => this.run.startedAt() !== null && this.now.set(Date.now()), TICK_MS);
    inject(DestroyRef).onDestroy(() => clearInterval(timer));
  }

  protected choose(remedy: TestRemedyDto): void {
    if (remedy.action === 'retry') this.asked.emit();
    else this.mended.emit(remedy);
  }

  private figuresOf(result: LlmConfigTestDto): string {
    const say = (key: string, values: Record<string, unknown>): string => this.transloco.translate(key, values);
    const { embedding_dimension, first_token_ms, tokens_per_second, total_price, currency } = result;
    const speed = tokens_per_second === null ? null : this.formats.number(Math.round(tokens_per_second));
    return [
      say('test.ok', {}),
      embedding_dimension === undefined
        ? ''
        : say('test.okDimension', { dimension: this.formats.number(embedding_dimension) }),
      first_token_ms === null ? '' : say('test.okFirst', { time: this.formats.duration(first_token_ms) }),
      say('test.okTotal', { time: this.formats.duration(result.latency_ms) }),
      speed === null ? '' : say('test.okSpeed', { speed }),
      total_price === null || currency === null
        ? ''
        : say('test.okPrice', { price: this.formats.money(total_price, currency) }),
    ]
      .filter((part) => part !== '')
      .join(this.language.active() === 'en' ? ', ' : '，');
  }

  private factsOf({ config_info, http_status, request }: LlmConfigTestDto): Record<string, string> {
    const url = request?.url ?? textOf(config_info['base_url']);
    return {
      host: URL.canParse(url) ? new URL(url).host : url,
      model: textOf(config_info['model_name']),
      status: http_status ? String(http_status) : '5xx',
    };
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
