import { Component, inject, input, output } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import type { AppKeyDto } from '@opsagent/contracts';
import { Formats } from '../../shared/i18n/formats.js';
import { SecretEnd } from '../../shared/ui/secret-end.js';
import { Writes } from '../../shared/ui/writes.js';

/** The keys of an app: until when each holds, and whether anybody uses it. */
@Component({
  selector: 'oa-app-key-table',
  imports: [SecretEnd, TranslocoDirective, Writes],
  templateUrl: './app-key-table.html',
  styleUrls: ['../../shared/ui/secret-table.css', './app-key-table.css'],
})
export class AppKeyTable {
  protected readonly formats = inject(Formats);
  readonly keys = input.required<readonly AppKeyDto[]>();
  readonly mayChange = input(false);
  readonly rotated = output<AppKeyDto>();
  readonly revoked = output<AppKeyDto>();
}
