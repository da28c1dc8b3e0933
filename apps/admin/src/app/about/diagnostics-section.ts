import { HttpClient } from '@angular/common/http';
import { Component, computed, inject, signal } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import type { DiagnosticsDto } from '@opsagent/contracts';
import { firstValueFrom } from 'rxjs';
import { CurrentUser } from '../shared/data/current-user.js';
import { type Problem, toProblem } from '../shared/data/problem.js';
import { ProblemText } from '../shared/data/problem-text.js';
import { saveFile } from '../shared/data/save-file.js';
import { Icon } from '../shared/ui/icon/icon.js';
import { Writes } from '../shared/ui/writes.js';

/** Downloads what helps somebody who helps, and says what that is. */
@Component({
  selector: 'oa-diagnostics-section',
  imports: [Icon, TranslocoDirective, Writes],
  template: `
    <section class="oa-card" aria-labelledby="oa-about-diagnostics" *transloco="let t">
      <h2 id="oa-about-diagnostics">{{ t('about.diagnostics.title') }}</h2>
      <p>{{ t('about.diagnostics.text') }}</p>
      @if (fault(); as fault) {
        <p class="oa-notice danger" role="alert"><svg oaIcon="circle-alert"></svg>{{ fault }}</p>
      }
      <button
        oaWrites
        class="oa-button"
        type="button"
        [disabled]="!mayDownload()"
        [attr.aria-busy]="isBusy() ? 'true' : null"
        [attr.aria-describedby]="mayDownload() ? null : 'oa-about-needs'"
        (click)="download()"
      >
        <svg oaIcon="download"></svg>{{ t('about.diagnostics.download') }}
      </button>
      @if (!mayDownload()) {
        <p id="oa-about-needs" class="oa-muted oa-caption">{{ t('about.diagnostics.needsAdmin') }}</p>
      }
    </section>
  `,
  styleUrl: './about-page.css',
})
export class DiagnosticsSection {
  private readonly http = inject(HttpClient);
  private readonly user = inject(CurrentUser);
  private readonly texts = inject(ProblemText);
  private readonly problem = signal<Problem | null>(null);
  protected readonly isBusy = signal(false);
  protected readonly mayDownload = computed(() => this.user.can('admin'));
  protected readonly fault = computed(() => {
    const problem = this.problem();
    return problem && this.texts.line(problem);
  });

  protected async download(): Promise<void> {
    if (this.isBusy()) return;
    this.isBusy.set(true);
    this.problem.set(null);
    try {
      const diagnostics = await firstValueFrom(this.http.post<DiagnosticsDto>('/api/about/diagnostics', null));
      const day = diagnostics.at.slice(0, 10);
      saveFile(`opsagent-diagnostics-${day}.json`, `${JSON.stringify(diagnostics, null, 2)}\n`);
    } catch (error) {
      this.problem.set(toProblem(error));
    } finally {
      this.isBusy.set(false);
    }
  }
}
