import { httpResource } from '@angular/common/http';
import { Component, computed, DestroyRef, inject, linkedSignal } from '@angular/core';
import { type Params, RouterLink } from '@angular/router';
import { TranslocoDirective } from '@jsverse/transloco';
import type { AttentionDto, LlmProvider, OverviewDto } from '@opsagent/contracts';
import { CurrentUser } from '../shared/data/current-user.js';
import { deedKey } from '../shared/data/deeds/deed-key.js';
import { type Problem, toProblem } from '../shared/data/problem.js';
import { ProblemText } from '../shared/data/problem-text.js';
import { Formats } from '../shared/i18n/formats.js';
import { ProviderMark } from '../shared/ui/provider-mark.js';
import { State } from '../shared/ui/state.js';
import { Sparkline } from '../shared/ui/sparkline.js';
import { HealthStrip, healthIn } from './ui/health-strip.js';
import { Icon } from '../shared/ui/icon/icon.js';

const REFRESH_MS = 30_000;
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** Is it healthy, what changed, what waits for me: in one look and one call. */
@Component({
  selector: 'oa-overview-page',
  imports: [RouterLink, TranslocoDirective, Icon, HealthStrip, ProviderMark, Sparkline, State],
  templateUrl: './overview-page.html',
  styleUrl: './overview-page.css',
})
export class OverviewPage {
  private readonly user = inject(CurrentUser);
  private readonly problemText = inject(ProblemText);
  protected readonly formats = inject(Formats);
  protected readonly deedKey = deedKey;
  protected readonly resource = httpResource<OverviewDto>(() => '/api/overview');
  /** What was there stays while it is asked again, and when that fails. */
  protected readonly overview = linkedSignal<OverviewDto | undefined, OverviewDto | undefined>({
    source: () => (this.resource.error() ? undefined : this.resource.value()),
    computation: (fresh, previous) => fresh ?? previous?.value,
  });
  protected readonly problem = computed<Problem | null>(() => {
    const error = this.resource.error();
    return error ? toProblem(error) : null;
  });
  protected readonly reason = computed(() => {
    const problem = this.problem();
    return problem && this.problemText.line(problem);
  });
  protected readonly mayWrite = computed(() => this.user.can('operator'));
  /** The checklist of a new installation, until the first answer has come. */
  protected readonly steps = computed(() => {
    const overview = this.overview();
    if (!overview || overview.has_answers || !this.mayWrite()) return null;
    const hasConfig = !overview.attention.some(({ kind }) => kind === 'no_llm_config');
    return [
      { key: 'config', path: this.pathOfFirstModel(), isDone: hasConfig },
      { key: 'answer', path: '/sessions/new', isDone: false },
      { key: 'key', path: '/apps', isDone: false },
    ];
  });

  constructor() {
    const refresh = (): void => {
      if (document.visibilityState === 'visible' && !this.resource.isLoading()) this.resource.reload();
    };
    const timer = setInterval(refresh, REFRESH_MS);
    document.addEventListener('visibilitychange', refresh);
    inject(DestroyRef).onDestroy(() => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', refresh);
    });
  }

  protected figures({ figures }: OverviewDto) {
    const { requests, error_rate: rate, first_token_p95_ms: first } = figures;
    const number = (value: number): string => this.formats.number(value);
    const percent = (value: number): string => this.formats.percent(value);
    const duration = (value: number): string => this.formats.duration(value);
    const shown = (value: number | null, write: (value: number) => string) => (value === null ? null : write(value));
    return [
      { key: 'requests', now: shown(requests.now, number), before: shown(requests.before, number), hours: 'byHour' },
      { key: 'errorRate', now: shown(rate.now, percent), before: shown(rate.before, percent), hours: 'errorsByHour' },
      { key: 'firstToken', now: shown(first.now, duration), before: shown(first.before, duration), hours: null },
    ].map((figure) => ({ ...figure, values: hoursOf(figures, figure.hours) }));
  }

  protected total(values: readonly number[]): { total: string; most: string } {
    return { total: this.formats.number(sum(values)), most: this.formats.number(Math.max(0, ...values)) };
  }

  /** The word for a whole day. */
  protected dayOf({ requests, errors }: OverviewDto['health'][number]) {
    return healthIn(sum(requests), sum(errors));
  }

  protected providerOf(provider: string): LlmProvider {
    return provider as LlmProvider;
  }

  protected pathOf({ kind, target_id: id }: AttentionDto): string {
    if (kind === 'no_llm_config') return this.pathOfFirstModel();
    if (kind === 'app_key_expiring') return '/apps';
    if (kind === 'approvals_waiting' || kind === 'approvals_unknown') return '/approvals';
    return kind === 'no_default' || id === null ? '/configs' : `/configs/${id}`;
  }

  protected queryOf({ kind }: AttentionDto): Params | null {
    return kind === 'approvals_unknown' ? { state: 'unknown_outcome' } : null;
  }

  /** An administrator is led; whoever may only add configurations gets the plain form. */
  private pathOfFirstModel(): string {
    return this.user.can('admin') ? '/setup/model' : '/configs/new';
  }
}

function hoursOf(figures: OverviewDto['figures'], hours: string | null): readonly number[] | null {
  if (hours === null) return null;
  return hours === 'byHour' ? figures.requests_by_hour : figures.errors_by_hour;
}
