import { Component, computed, inject, input, output } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import type { InvitedUserDto } from '@opsagent/contracts';
import { Formats } from '../../shared/i18n/formats.js';
import { CopyButton } from '../../shared/ui/copy-button.js';
import { Dialog } from '../../shared/ui/dialog.js';

/** The link of an invitation, shown this once: no mail is sent, so that it has to be handed over. */
@Component({
  selector: 'oa-invitation-link',
  imports: [CopyButton, Dialog, TranslocoDirective],
  template: `
    <oa-dialog *transloco="let t" [heading]="t('users.link.title')" [closesOutside]="false">
      <p class="oa-muted">{{ t('users.link.text', { email: user().email }) }}</p>
      <div class="value">
        <code>{{ link() }}</code>
        <oa-copy-button [text]="link()" />
      </div>
      @if (user().invited_until; as end) {
        <p class="oa-muted oa-caption">{{ t('users.link.holds', { moment: formats.moment(end) }) }}</p>
      }
      <button actions class="oa-button primary" type="button" (click)="saved.emit()">{{ t('users.link.done') }}</button>
    </oa-dialog>
  `,
  styles: `
    .value {
      display: flex;
      align-items: center;
      gap: var(--oa-space-3);
      padding: var(--oa-space-3);
      border: 1px solid var(--oa-border);
      border-radius: var(--oa-radius-control);
      background: var(--oa-sub);
    }

    code {
      flex: 1;
      overflow-wrap: anywhere;
    }
  `,
})
export class InvitationLink {
  protected readonly formats = inject(Formats);
  readonly user = input.required<InvitedUserDto>();
  readonly saved = output();
  // Behind the `#` it reaches no server's log.
  protected readonly link = computed(() => `${location.origin}/invitation#${this.user().invitation}`);
}
