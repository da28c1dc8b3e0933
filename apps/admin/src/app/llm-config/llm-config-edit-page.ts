import { Component, computed, effect, inject, input, linkedSignal, signal, untracked, viewChild } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import type { LlmConfigDto, LlmConfigTemplateDto, LlmProvider, TestRemedyDto } from '@opsagent/contracts';
import { CurrentUser } from '../shared/data/current-user.js';
import { forgetDraft, keepDraft, keptDraft } from '../shared/data/kept-draft.js';
import { namesPlace } from '../shared/data/place.js';
import { type Problem, toProblem } from '../shared/data/problem.js';
import type { Tested } from '../shared/data/test-client.js';
import { ProblemText } from '../shared/data/problem-text.js';
import { Confirm } from '../shared/ui/confirm.js';
import { Drawer } from '../shared/ui/drawer.js';
import { Menu } from '../shared/ui/menu.js';
import { type Difference, StaleDialog } from '../shared/ui/stale-dialog.js';
import { State } from '../shared/ui/state.js';
import { Toasts } from '../shared/ui/toasts.js';
import { Writes } from '../shared/ui/writes.js';
import { LlmConfigClient } from './llm-config-client.js';
import { differencesOf } from './llm-config-differences.js';
import {
  changedInput,
  createInput,
  draftOf,
  EMPTY_DRAFT,
  type LlmConfigDraft,
  riskOf,
  withoutSecrets,
} from './llm-config-draft.js';
import { LlmConfigHistory } from './llm-config-history.js';
import { LlmConfigImpact } from './llm-config-impact.js';
import { LlmConfigModels } from './llm-config-models.js';
import { LlmConfigTest } from './llm-config-test.js';
import { LlmConfigWords } from './llm-config-words.js';
import { SaveTemplateDialog } from './templates/save-template-dialog.js';
import { TemplateDialog } from './templates/template-dialog.js';
import { fromTemplate } from './templates/template-values.js';
import { mendedDraft } from './mended-draft.js';
import { LlmConfigForm } from './ui/llm-config-form.js';
import { Icon } from '../shared/ui/icon/icon.js';

/** Told to the page that opens next. */
const TEST = 'test';
/** What belongs to the drawer goes with it. */
const LEAVING = { queryParams: { preset: null, tab: null }, queryParamsHandling: 'merge' } as const;

/** Creates or edits a configuration in a drawer on top of the list. */
@Component({
  selector: 'oa-llm-config-edit-page',
  imports: [
    TranslocoDirective,
    Icon,
    Drawer,
    LlmConfigForm,
    LlmConfigHistory,
    LlmConfigTest,
    Menu,
    RouterLink,
    SaveTemplateDialog,
    StaleDialog,
    State,
    TemplateDialog,
    Writes,
  ],
  providers: [LlmConfigModels],
  templateUrl: './llm-config-edit-page.html',
  styleUrl: './llm-config-edit-page.css',
})
export class LlmConfigEditPage {
  private readonly client = inject(LlmConfigClient);
  private readonly router = inject(Router);
  private readonly confirm = inject(Confirm);
  private readonly toasts = inject(Toasts);
  private readonly transloco = inject(TranslocoService);
  private readonly problemText = inject(ProblemText);
  protected readonly user = inject(CurrentUser);
  private readonly impact = inject(LlmConfigImpact);
  private readonly words = inject(LlmConfigWords);
  private readonly form = viewChild(LlmConfigForm);
  /** The path's id; absent for a new one. */
  readonly id = input<string>();
  /** The query parameter that a tile of the empty list sets. */
  readonly preset = input<string>();
  /** The query parameter that chooses what is shown of a stored one. */
  readonly tab = input<string>();

  protected readonly providers = this.client.providers();
  protected readonly stored = this.client.one(() => this.id());
  protected readonly loaded = linkedSignal<LlmConfigDto | null>(() =>
    this.stored.error() ? null : (this.stored.value() ?? null),
  );
  private readonly untouched = computed(() => {
    const loaded = this.loaded();
    return loaded ? draftOf(loaded) : this.freshDraft();
  });
  private readonly draftKey = computed(() => `configs.${this.id() ?? 'new'}`);
  /** What a reload of the page would have lost; keys are not kept. */
  private readonly restored = linkedSignal<Partial<LlmConfigDraft> | null>(() => keptDraft(this.draftKey()));
  protected readonly isRestored = computed(() => this.restored() !== null);
  protected readonly draft = linkedSignal<LlmConfigDraft>(() => ({ ...this.untouched(), ...this.restored() }));
  private readonly provider = computed(() => this.draft().provider);
  protected readonly problem = computed<Problem | null>(() => {
    const error = this.providers.error() ?? this.stored.error();
    return error ? toProblem(error) : null;
  });
  protected readonly isReady = computed(() => this.providers.hasValue() && (!this.id() || this.loaded() !== null));
  protected readonly isReadOnly = computed(() => {
    const loaded = this.loaded();
    const isOwn = !loaded || loaded.created_by === this.user.me()?.user.id;
    return !this.user.can('admin') && !(this.user.can('operator') && isOwn);
  });
  protected readonly refusalKey = computed(() => (this.user.can('operator') ? 'configs.notOwn' : 'configs.readOnly'));
  protected readonly isChanged = computed(() => JSON.stringify(this.untouched()) !== JSON.stringify(this.draft()));
  protected readonly isHistory = computed(() => this.tab() === 'history' && Boolean(this.id()));
  protected readonly busy = signal<'save' | 'test' | null>(null);
  protected readonly failure = signal<Problem | null>(null);
  protected readonly refused = signal<ReadonlyMap<string, string>>(new Map());
  protected readonly dialog = signal<'template' | 'save-template' | null>(null);
  protected readonly stale = signal<LlmConfigDto | null>(null);
  protected readonly models = inject(LlmConfigModels);
  /** Set at once when the page opens on a configuration that was created in order to be tested. */
  protected readonly tested = linkedSignal<Tested | null>(() => {
    const id = this.id();
    return this.isBornToBeTested && id ? { id } : null;
  });
  private readonly isBornToBeTested = this.router.currentNavigation()?.extras.info === TEST;
  private isDone = false;

  constructor() {
    namesPlace(() => this.loaded()?.name ?? '');
    effect(() => {
      const provider = this.provider();
      if (this.isReady()) untracked(() => void this.models.readCatalogue(provider));
    });
    effect(() => {
      const draft = withoutSecrets(this.draft());
      if (this.isDone || !this.isReady()) return;
      if (untracked(this.isChanged)) keepDraft(this.draftKey(), draft);
      else forgetDraft(this.draftKey());
    });
  }

  /** For the router: an unsaved draft is not thrown away unasked. */
  async mayLeave(): Promise<boolean> {
    if (this.isDone || !this.isChanged() || !this.user.isSignedIn()) return true;
    const isGivenUp = await this.confirm.ask({
      title: this.transloco.translate('common.discardTitle'),
      text: this.transloco.translate('common.discardText'),
      confirm: this.transloco.translate('common.discard'),
      cancel: this.transloco.translate('common.keepEditing'),
      isDangerous: true,
    });
    if (isGivenUp) this.finishDraft();
    return isGivenUp;
  }

  protected close(): void {
    void this.router.navigate(['/configs'], LEAVING);
  }

  /** With `overwrite`, what somebody else saved meanwhile is replaced knowingly. */
  protected async save(then: 'save' | 'test', overwrite = false): Promise<void> {
    if (this.busy() || !this.form()?.check()) return;
    this.busy.set(then);
    this.failure.set(null);
    try {
      if (!overwrite && !(await this.isMeant())) return;
      const saved = await this.send(overwrite);
      await this.takeDetailed(saved);
      if (then === 'test') await this.test(saved);
      else await this.finish(saved);
    } catch (error) {
      await this.show(toProblem(error));
    } finally {
      this.busy.set(null);
    }
  }

  protected async overwrite(): Promise<void> {
    this.stale.set(null);
    await this.save('save', true);
  }

  protected takeCurrent(current: LlmConfigDto): void {
    this.stale.set(null);
    this.take(current);
  }

  /** Going back would replace what is being edited. */
  protected historyBlocked(): string {
    if (this.isReadOnly()) return this.transloco.translate(this.refusalKey());
    return this.isChanged() ? this.transloco.translate('configs.drawer.history.blocked') : '';
  }

  protected differences(current: LlmConfigDto): readonly Difference[] {
    return differencesOf(this.draft(), current, (field, value) => this.words.value(field, value));
  }

  protected async takeDetailed(stored: LlmConfigDto): Promise<void> {
    this.take(await this.client.detailed(stored));
  }

  protected begin({ values }: LlmConfigTemplateDto): void {
    this.dialog.set(null);
    this.refused.set(new Map());
    this.draft.update((draft) => fromTemplate(draft, values));
  }

  /** Opens the copy; what is unsaved here is asked about on leaving. */
  protected async duplicate(): Promise<void> {
    const loaded = this.loaded();
    if (!loaded || !(await this.mayLeave())) return;
    try {
      const { id, name } = await this.client.duplicate(loaded.id);
      this.isDone = true;
      this.toasts.done(this.transloco.translate('configs.drawer.duplicated', { name }));
      await this.router.navigate(['/configs', id], { queryParams: { tab: null }, queryParamsHandling: 'merge' });
      // The same page shows the copy.
      this.isDone = false;
    } catch (error) {
      const reason = this.problemText.line(toProblem(error));
      this.toasts.failed(this.transloco.translate('configs.drawer.duplicateFailed', { reason }));
    }
  }

  /** With the values as they stand; nothing is stored. */
  protected testUnsaved(): void {
    if (!this.form()?.check()) return;
    this.tested.set({ unsaved: { ...createInput(this.draft()), llm_config_id: this.loaded()?.id ?? null } });
  }

  /** Puts a remedy of the test into the form and tries again; what only a person can do leads to its field. */
  protected mend(remedy: TestRemedyDto): void {
    if (remedy.action === 'enter_key') return this.form()?.focusKey();
    this.draft.update((draft) => mendedDraft(draft, remedy));
    this.testUnsaved();
  }

  protected forgetDraft(): void {
    forgetDraft(this.draftKey());
    this.restored.set(null);
  }

  protected lineOf(problem: Problem): string {
    return this.problemText.line(problem);
  }

  private freshDraft(): LlmConfigDraft {
    const known = this.providers.hasValue() ? this.providers.value() : [];
    const chosen = known.find(({ id }) => id === this.preset()) ?? known[0];
    return {
      ...EMPTY_DRAFT,
      provider: chosen?.id ?? ('openai' satisfies LlmProvider),
      model_name: chosen?.example_model ?? '',
    };
  }

  /** Asks before whoever uses it gets other answers. */
  private async isMeant(): Promise<boolean> {
    const loaded = this.loaded();
    const risk = loaded && riskOf(changedInput(this.draft(), loaded));
    return !risk || (await this.impact.ask(risk, loaded)) !== null;
  }

  private take(stored: LlmConfigDto): void {
    this.restored.set(null);
    this.loaded.set(stored);
  }

  private send(overwrite: boolean): Promise<LlmConfigDto> {
    const loaded = this.loaded();
    if (!loaded) return this.client.create(createInput(this.draft()));
    return this.client.update(loaded.id, changedInput(this.draft(), loaded), overwrite ? undefined : loaded.updated_at);
  }

  private async finish(saved: LlmConfigDto): Promise<void> {
    this.finishDraft();
    if (!this.id()) this.toasts.done(this.transloco.translate('configs.done.created', { name: saved.name }));
    await this.router.navigate(['/configs'], LEAVING);
  }

  private finishDraft(): void {
    this.isDone = true;
    forgetDraft(this.draftKey());
  }

  /** Stays open on the stored configuration, so that a wrong key can be mended at once. */
  private async test(saved: LlmConfigDto): Promise<void> {
    if (this.id()) return this.tested.set({ id: saved.id });
    this.finishDraft();
    await this.router.navigate(['/configs', saved.id], {
      queryParams: { preset: null },
      queryParamsHandling: 'merge',
      replaceUrl: true,
      info: TEST,
    });
  }

  /** At the fields where it belongs, above them otherwise. */
  private async show(problem: Problem): Promise<void> {
    if (problem.code === 'llm-config/changed') {
      this.stale.set(await this.client.detailed(problem.current as LlmConfigDto));
      return;
    }
    const fields = new Map(problem.errors.map(({ field, message }) => [field.split('.')[0] ?? field, message]));
    if (problem.code === 'llm-config/name-taken') fields.set('name', this.problemText.of(problem).cause);
    this.refused.set(fields);
    this.failure.set(problem);
  }
}
