import { httpResource } from '@angular/common/http';
import { Component, computed, inject, signal } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import type { AboutDto, HealthDto } from '@opsagent/contracts';
import { toProblem } from '../shared/data/problem.js';
import { ProblemText } from '../shared/data/problem-text.js';
import { Formats } from '../shared/i18n/formats.js';
import { Icon } from '../shared/ui/icon/icon.js';
import { State } from '../shared/ui/state.js';
import { DiagnosticsSection } from './diagnostics-section.js';
import { LicenceTable } from './licence-table.js';

/** What runs here, whether it is well, what it contains, and a file for whoever helps. */
@Component({
  selector: 'oa-about-page',
  imports: [DiagnosticsSection, Icon, LicenceTable, State, TranslocoDirective],
  templateUrl: './about-page.html',
  styleUrl: './about-page.css',
})
export class AboutPage {
  private readonly texts = inject(ProblemText);
  protected readonly formats = inject(Formats);
  protected readonly about = httpResource<AboutDto>(() => '/api/about');
  protected readonly health = httpResource<HealthDto>(() => '/health/ready');
  protected readonly hasOpened = signal(false);
  protected readonly problem = computed(() => {
    const error = this.about.error();
    return error ? toProblem(error) : null;
  });
  protected readonly illness = computed(() => {
    const error = this.health.error();
    return error ? this.texts.line(toProblem(error)) : null;
  });
}
