import { Component, inject, input, output } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import type { TokenDto } from '@opsagent/contracts';
import { Formats } from '../../shared/i18n/formats.js';
import { SecretEnd } from '../../shared/ui/secret-end.js';
import { Writes } from '../../shared/ui/writes.js';

/** Personal tokens: what each may do, until when, and whether anybody uses it. */
@Component({
  selector: 'oa-token-table',
  imports: [SecretEnd, TranslocoDirective, Writes],
  templateUrl: './token-table.html',
  styleUrls: ['../../shared/ui/secret-table.css', './token-table.css'],
})
export class TokenTable {
  protected readonly formats = inject(Formats);
  readonly tokens = input.required<readonly TokenDto[]>();
  readonly revoked = output<TokenDto>();
}
