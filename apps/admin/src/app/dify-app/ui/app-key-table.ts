import { Component, computed, inject, input, output } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import type { AppKeyDto } from '@opsagent/contracts';
import { Formats } from '../../shared/i18n/formats.js';
import { Icon } from '../../shared/ui/icon/icon.js';
import { Writes } from '../../shared/ui/writes.js';

const SOON_MS = 7 * 24 * 60 * 60 * 1000;

/** The keys of an app: until when each holds, and whether anybody uses it. */
@Component({
  selector: 'oa-app-key-table',
  imports: [Icon, TranslocoDirective, Writes],
  templateUrl: './app-key-table.html',
  styleUrl: './app-key-table.css',
})
export class AppKeyTable {
  protected readonly formats = inject(Formats);
  readonly keys = input.required<readonly AppKeyDto[]>();
  readonly mayChange = input(false);
  readonly rotated = output<AppKeyDto>();
  readonly revoked = output<AppKeyDto>();

  protected readonly rows = computed(() => this.keys().map((key) => ({ key, end: endOf(key.expires_at, Date.now()) })));
}

/** How near its end is. */
function endOf(expiresAt: string | null, now: number): 'never' | 'later' | 'soon' | 'past' {
  if (expiresAt === null) return 'never';
  const left = Date.parse(expiresAt) - now;
  return left <= 0 ? 'past' : left <= SOON_MS ? 'soon' : 'later';
}
