import { Component, computed, inject, input, output } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import type { TokenDto } from '@opsagent/contracts';
import { Formats } from '../../shared/i18n/formats.js';
import { Icon } from '../../shared/ui/icon/icon.js';
import { Writes } from '../../shared/ui/writes.js';
import { SOON_MS } from '../token-scopes.js';

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
    this.tokens().map((token) => ({ token, end: endOf(token.expires_at, Date.now()) })),
  );
}

/** How near the end of a token is. */
function endOf(expiresAt: string | null, now: number): 'never' | 'later' | 'soon' | 'past' {
  if (expiresAt === null) return 'never';
  const left = Date.parse(expiresAt) - now;
  if (left <= 0) return 'past';
  return left < SOON_MS ? 'soon' : 'later';
}
