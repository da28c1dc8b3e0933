import { Component, computed, effect, inject, input, linkedSignal, signal, untracked } from '@angular/core';
import { TranslocoPipe } from '@jsverse/transloco';
import { prettyJson, visibleText } from '../../shared/data/visible-text.js';
import { Formats } from '../../shared/i18n/formats.js';
import { Language } from '../../shared/i18n/language.js';
import { ApprovalCard } from '../../shared/ui/approval/approval-card.js';
import { Icon } from '../../shared/ui/icon/icon.js';
import { StepApprovals } from '../step-approvals.js';
import { stepGist, stepTarget } from '../step-target.js';
import { resultParts } from '../step-result.js';
import type { StepView } from '../turn.js';
import { ArtifactDialog } from './artifact-dialog.js';
import { StepWait } from './step-wait.js';

/**
 * One tool call: what was done to what, how it stands, and folded below what went in and came out. One that failed, that waits
 * for somebody or whose outcome nobody knows opens itself.
 */
@Component({
  selector: 'oa-step-card',
  imports: [ApprovalCard, ArtifactDialog, Icon, StepWait, TranslocoPipe],
  templateUrl: './step-card.html',
  styleUrl: './step-card.css',
})
export class StepCard {
  private readonly language = inject(Language);
  protected readonly approvals = inject(StepApprovals);
  protected readonly formats = inject(Formats);
  protected readonly show = visibleText;
  readonly step = input.required<StepView>();

  protected readonly title = computed(() => this.step().label[this.language.active() === 'en' ? 'en' : 'zh']);
  protected readonly approval = computed(() => this.approvals.of(this.step().step_id));
  protected readonly target = computed(() => visibleText(this.approval()?.target ?? stepTarget(this.step().input)));
  protected readonly gist = computed(() => visibleText(this.approval()?.summary ?? stepGist(this.step().input)));
  private readonly opensItself = computed(() => ['failed', 'waiting_approval', 'unknown'].includes(this.step().state));
  /** What opened itself stays open until somebody folds it. */
  protected readonly isOpen = linkedSignal<boolean, boolean>({
    source: this.opensItself,
    computation: (opens, before) => opens || (before?.value ?? false),
  });
  protected readonly input = computed(() => visibleText(prettyJson(this.step().input)));
  protected readonly hasInput = computed(() => !['', '{}'].includes(this.step().input.trim()));
  protected readonly output = computed(() => resultParts(this.step().observation));
  /** All there is to see stands in the request for approval. */
  protected readonly isOnlyAsked = computed(() => this.approval() !== null && this.step().state === 'waiting_approval');
  protected readonly isViewing = signal(false);
  /** What an event has told of its request; it is read anew with every word of it. */
  private readonly told = computed(() => {
    const { approval, state } = this.step();
    return approval && `${approval.id} ${approval.decision} ${state}`;
  });
  private readonly isStored = computed(() => this.step().approval === null && this.step().risk === 'dangerous');

  constructor() {
    effect(() => {
      if (this.told() !== null) untracked(() => this.read());
    });
    effect(() => {
      if (this.isOpen() && this.isStored()) untracked(() => void this.approvals.readAll());
    });
  }

  protected read(): void {
    void this.approvals.read(this.step().approval!.id);
  }
}
