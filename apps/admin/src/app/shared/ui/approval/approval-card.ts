import { Component, computed, effect, inject, input, linkedSignal, output, signal, untracked } from '@angular/core';
import { RouterLink } from '@angular/router';
import { TranslocoDirective } from '@jsverse/transloco';
import type { ApprovalDto } from '@opsagent/contracts';
import { CurrentUser } from '../../data/current-user.js';
import { prettyJson, visibleText } from '../../data/visible-text.js';
import { Formats } from '../../i18n/formats.js';
import { Icon } from '../icon/icon.js';
import { AcknowledgeForm } from './acknowledge-form.js';
import { ApprovalWords, isHighRisk } from './approval-words.js';
import { DecisionForm } from './decision-form.js';
import { TimeLeft } from './time-left.js';

/** One request for approval: what would be done, to what, for whom and why; how it is decided, or who decided. */
@Component({
  selector: 'oa-approval-card',
  imports: [AcknowledgeForm, DecisionForm, Icon, RouterLink, TimeLeft, TranslocoDirective],
  templateUrl: './approval-card.html',
  styleUrl: './approval-card.css',
})
export class ApprovalCard {
  private readonly user = inject(CurrentUser);
  protected readonly formats = inject(Formats);
  protected readonly words = inject(ApprovalWords);
  readonly approval = input.required<ApprovalDto>();
  /** Whether the conversation is somewhere else, so that a link to it helps. */
  readonly hasSessionLink = input(false);
  /** It stands in a list, where what has ended is shown in short. */
  readonly isListed = input(false);
  /** It was decided or acknowledged here, or has been read again. */
  readonly changed = output<ApprovalDto>();

  protected readonly show = visibleText;
  protected readonly isPending = computed(() => this.approval().state === 'pending');
  protected readonly isOver = linkedSignal(() => Date.parse(this.approval().expires_at) <= Date.now());
  /** What is decided here keeps its size: nothing is moved under a pointer. */
  protected readonly isShort = linkedSignal({
    source: () => this.approval().id,
    computation: () => this.isListed() && untracked(() => !this.isPending() && this.approval().outcome !== 'unknown'),
  });
  protected readonly isHigh = computed(() => isHighRisk(this.approval()));
  protected readonly isOwn = computed(() => this.approval().requested_by_id === this.user.me()?.user.id);
  protected readonly mayDecide = computed(() => this.user.can('approver'));
  protected readonly mayAudit = computed(() => this.user.can('auditor'));
  protected readonly auditQuery = computed(() => ({ target: `approval:${this.approval().id}` }));
  protected readonly argumentsText = computed(() => visibleText(prettyJson(this.approval().arguments)));
  protected readonly originalText = computed(() => {
    const { original_arguments: original } = this.approval();
    return original === null ? null : visibleText(prettyJson(original));
  });
  /** The call that was shown first; another one is another question. */
  private seen: { id: string; hash: string } | null = null;
  protected readonly isAnother = signal(false);

  constructor() {
    effect(() => {
      const { id, arguments_hash: hash, state } = this.approval();
      untracked(() => {
        this.isAnother.set(state === 'pending' && this.seen?.id === id && this.seen.hash !== hash);
        this.seen = { id, hash };
      });
    });
  }
}
