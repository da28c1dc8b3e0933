import { Component, computed, inject, input, output } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import type { InvitedUserDto } from '@opsagent/contracts';
import { Formats } from '../../shared/i18n/formats.js';
import { CopiedValue } from '../../shared/ui/copied-value.js';
import { Dialog } from '../../shared/ui/dialog.js';

/** The link of an invitation, shown this once: no mail is sent, so that it has to be handed over. */
@Component({
  selector: 'oa-invitation-link',
  imports: [CopiedValue, Dialog, TranslocoDirective],
  template: `
    <oa-dialog *transloco="let t" [heading]="t('users.link.title')" [closesOutside]="false">
      <p class="oa-muted">{{ t('users.link.text', { email: user().email }) }}</p>
      <oa-copied-value [text]="link()" />
      @if (user().invited_until; as end) {
        <p class="oa-muted oa-caption">{{ t('users.link.holds', { moment: formats.moment(end) }) }}</p>
      }
      <button actions class="oa-button primary" type="button" (click)="saved.emit()">{{ t('users.link.done') }}</button>
    </oa-dialog>
  `,
})
export class InvitationLink {
  protected readonly formats = inject(Formats);
  readonly user = input.required<InvitedUserDto>();
  readonly saved = output();
  // Behind the `#` it reaches no server's log.
  protected readonly link = computed(() => `${location.origin}/invitation#${this.user().invitation}`);
}
