import { Component, computed, inject, input, output } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import type { TokenDto } from '@opsagent/contracts';
import { Formats } from '../../shared/i18n/formats.js';
import { Icon } from '../../shared/ui/icon/icon.js';
import { Writes } from '../../shared/ui/writes.js';
import { DAY_MS, SOON_MS } from '../token-scopes.js';

/** Personal tokens: what each may do, until when, and whether anybody uses it. */
@Component({
  selector: 'oa-token-table',
  imports: [Icon, TranslocoDirective, Writes],
  templateUrl: './token-table.html',
  styleUrl: './token-table.css',
})
export class TokenTable {
  protected readonly formats = inject(Formats);
  readonly tokens = input.required<readonly TokenDto[]>();
  readonly revoked = output<TokenDto>();

  protected readonly rows = computed(() =>
    this.tokens().map((token) => ({ token, ...endOf(token.expires_at, Date.now()) })),
  );
}

/** How near the end of a token is, and how many begun days are left. */
function endOf(expiresAt: string | null, now: number): { end: 'never' | 'later' | 'soon' | 'past'; days: number } {
  if (expiresAt === null) return { end: 'never', days: Infinity };
  const left = Date.parse(expiresAt) - now;
  const end = left <= 0 ? 'past' : left <= SOON_MS ? 'soon' : 'later';
  return { end, days: Math.ceil(left / DAY_MS) };
}
