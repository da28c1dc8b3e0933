import {
  Component,
  computed,
  effect,
  ElementRef,
  inject,
  input,
  linkedSignal,
  output,
  signal,
  untracked,
} from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import type { ApprovalDto, DecideApprovalDto } from '@opsagent/contracts';
import { ApprovalClient } from '../../data/approval-client.js';
import { toProblem } from '../../data/problem.js';
import { ProblemText } from '../../data/problem-text.js';
import { prettyJson, visibleText } from '../../data/visible-text.js';
import { WaitingApprovals } from '../../data/waiting-approvals.js';
import { Control, Field } from '../field.js';
import { Icon } from '../icon/icon.js';
import { Writes } from '../writes.js';

/** So long after a call is shown a press is a stray one. */
const STRAY_MS = 1000;

type Verdict = DecideApprovalDto['decision'];

/** The buttons of a request, and what each of them asks first. No key decides anything by itself. */
@Component({
  selector: 'oa-decision-form',
  imports: [Control, Field, Icon, TranslocoDirective, Writes],
  templateUrl: './decision-form.html',
  styleUrl: './decision-form.css',
})
export class DecisionForm {
  private readonly client = inject(ApprovalClient);
  private readonly waiting = inject(WaitingApprovals);
  private readonly problemText = inject(ProblemText);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  readonly approval = input.required<ApprovalDto>();
  readonly isOver = input.required<boolean>();
  readonly isHigh = input.required<boolean>();
  /** Why it cannot be allowed from here: the role, or the policy that another person decides. */
  readonly refusal = input.required<'role' | 'own' | null>();
  readonly changed = output<ApprovalDto>();

  protected readonly show = visibleText;
  private readonly hash = computed(() => this.approval().arguments_hash);
  protected readonly isCalm = signal(false);
  /** What is being filled in; another call closes it. */
  protected readonly open = linkedSignal<string, Verdict | null>({ source: this.hash, computation: () => null });
  protected readonly busy = signal<Verdict | null>(null);
  protected readonly failure = signal('');
  protected readonly reason = signal('');
  protected readonly typed = linkedSignal({ source: this.open, computation: () => '' });
  protected readonly edited = linkedSignal({
    source: this.hash,
    // Inside JSON the escape of a character means that character.
    computation: () => visibleText(prettyJson(untracked(this.approval).arguments)),
  });
  protected readonly isJson = computed(() => isObject(this.edited()));
  protected readonly isTyped = computed(() => !this.isHigh() || this.typed().trim() === this.approval().target);
  protected readonly mayReject = computed(() => this.refusal() !== 'role' && !this.isOver());
  protected readonly mayAllow = computed(() => this.refusal() === null && !this.isOver());

  constructor() {
    effect((onCleanup) => {
      this.hash();
      this.isCalm.set(false);
      const timer = setTimeout(() => this.isCalm.set(true), STRAY_MS);
      onCleanup(() => clearTimeout(timer));
    });
  }

  protected begin(verdict: Verdict): void {
    this.failure.set('');
    if (verdict === 'approve' && !this.isHigh()) return void this.decide('approve');
    this.open.set(verdict);
    this.focus('.panel :is(textarea, input)');
  }

  protected leave(): void {
    const verdict = this.open();
    this.open.set(null);
    this.focus(`[data-verdict=${verdict}]`);
  }

  protected async decide(decision: Verdict): Promise<void> {
    if (this.busy() !== null) return;
    this.busy.set(decision);
    this.failure.set('');
    const { id, arguments_hash } = this.approval();
    const reason = this.reason().trim();
    try {
      const decided = await this.client.decide(id, {
        ...{ decision, arguments_hash },
        ...(decision === 'edit' ? { arguments: this.edited() } : {}),
        ...(reason && decision === 'reject' ? { reason } : {}),
      });
      this.changed.emit(decided);
      void this.waiting.look();
    } catch (error) {
      await this.explain(error);
    } finally {
      this.busy.set(null);
    }
  }

  /** Where somebody was faster, or the call is another one by now, what there is now is shown. */
  private async explain(error: unknown): Promise<void> {
    const problem = toProblem(error);
    const refused = problem.errors.map(({ message }) => message).join(' ');
    this.failure.set(refused || this.problemText.line(problem));
    if (problem.status !== 409 && problem.status !== 404) return;
    const now = await this.client.get(this.approval().id).catch(() => null);
    if (now) this.changed.emit(now);
  }

  private focus(selector: string): void {
    setTimeout(() => this.host.querySelector<HTMLElement>(selector)?.focus());
  }
}

function isObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch (cause) {
    if (cause instanceof SyntaxError) return false;
    throw cause;
  }
}
