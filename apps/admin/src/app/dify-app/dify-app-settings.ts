// The contract's classes need it; it has to be the first import.
import '../shared/data/no-metadata.js';
import { Component, computed, inject, input, linkedSignal, output, signal } from '@angular/core';
import { form, FormField, validate } from '@angular/forms/signals';
import { RouterLink } from '@angular/router';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import { APP_MODE, type AppDto, DANGEROUS_CALLS, type LlmConfigDto, UpdateAppDto } from '@opsagent/contracts';
import { CurrentUser } from '../shared/data/current-user.js';
import { FieldErrors } from '../shared/data/field-errors.js';
import { validateDto } from '../shared/data/form-rules.js';
import { type Problem, toProblem } from '../shared/data/problem.js';
import { ProblemText } from '../shared/data/problem-text.js';
import { Confirm } from '../shared/ui/confirm.js';
import { Control, Field } from '../shared/ui/field.js';
import { Icon } from '../shared/ui/icon/icon.js';
import { type Difference, StaleDialog } from '../shared/ui/stale-dialog.js';
import { Toasts } from '../shared/ui/toasts.js';
import { Writes } from '../shared/ui/writes.js';
import { DifyAppClient } from './dify-app-client.js';
import { changedInput, differencesOf, type DifyAppDraft, draftOf, inputOf, isSameForm } from './dify-app-draft.js';
import { inputFault } from './input-fault.js';
import { DifyAppMark } from './ui/dify-app-mark.js';
import { FileUploadEditor } from './ui/file-upload-editor.js';
import { InputFormEditor } from './ui/input-form-editor.js';
import { ModelChoice } from './ui/model-choice.js';
import { SpeechEditor } from './ui/speech-editor.js';
import { ToolChoice } from './ui/tool-choice.js';

/** What an app is and how it answers; saved only when asked, and never over what somebody else saved meanwhile. */
@Component({
  selector: 'oa-dify-app-settings',
  imports: [
    Control,
    DifyAppMark,
    Field,
    FileUploadEditor,
    FormField,
    Icon,
    InputFormEditor,
    ModelChoice,
    RouterLink,
    SpeechEditor,
    StaleDialog,
    ToolChoice,
    TranslocoDirective,
    Writes,
  ],
  templateUrl: './dify-app-settings.html',
  styleUrl: './dify-app-settings.css',
})
export class DifyAppSettings {
  private readonly client = inject(DifyAppClient);
  private readonly confirm = inject(Confirm);
  private readonly toasts = inject(Toasts);
  private readonly transloco = inject(TranslocoService);
  private readonly problemText = inject(ProblemText);
  private readonly fieldErrors = inject(FieldErrors);
  private readonly user = inject(CurrentUser);
  readonly app = input.required<AppDto>();
  readonly models = input.required<readonly LlmConfigDto[]>();
  readonly mayChange = input(true);
  readonly saved = output<AppDto>();

  protected readonly modes = APP_MODE.values;
  protected readonly fates = DANGEROUS_CALLS.values;
  protected readonly tools = this.client.tools();
  protected readonly draft = linkedSignal<AppDto, DifyAppDraft>({
    source: this.app,
    // What is typed stays when only something else of the app has changed.
    computation: (app, before) => (before && isSameForm(before.source, app) ? before.value : draftOf(app)),
  });
  protected readonly fields = form(this.draft, (path) => {
    validateDto(path, UpdateAppDto, inputOf);
    validate(path.input_form, ({ value }) =>
      value().some((_, index) => inputFault(value(), index)) ? { kind: 'other' } : undefined,
    );
  });
  protected readonly isChanged = computed(() => Object.keys(changedInput(this.draft(), this.app())).length > 0);
  protected readonly isBusy = signal(false);
  protected readonly isChecked = signal(false);
  protected readonly failure = signal<Problem | null>(null);
  protected readonly refused = signal<ReadonlyMap<string, string>>(new Map());
  protected readonly stale = signal<AppDto | null>(null);

  /** For the router. */
  async mayLeave(): Promise<boolean> {
    if (!this.isChanged() || !this.user.isSignedIn()) return true;
    const text = (key: string): string => this.transloco.translate(`common.${key}`);
    return this.confirm.ask({
      ...{ title: text('discardTitle'), text: text('discardText'), confirm: text('discard') },
      ...{ cancel: text('keepEditing'), isDangerous: true },
    });
  }

  protected discard(): void {
    this.draft.set(draftOf(this.app()));
    this.clear();
  }

  protected put<K extends keyof DifyAppDraft>(name: K, value: DifyAppDraft[K]): void {
    this.draft.update((draft) => ({ ...draft, [name]: value }));
    this.touch(name);
  }

  protected touch(name: keyof DifyAppDraft): void {
    if (!this.refused().has(name)) return;
    this.refused.update((refused) => new Map([...refused].filter(([field]) => field !== name)));
  }

  /** Its only field that can be wrong is the number. */
  protected filesError(): string {
    const number = this.draft().file_upload.number_limits;
    const isWrong = !Number.isInteger(number) || number < 1 || number > 10;
    return isWrong ? this.transloco.translate('apps.files.bounds') : (this.refused().get('file_upload') ?? '');
  }

  protected errorOf(name: keyof DifyAppDraft): string {
    return this.refused().get(name) ?? this.fieldErrors.of(this.fields[name]());
  }

  protected lineOf(problem: Problem): string {
    return this.problemText.line(problem);
  }

  protected saveByKey(event: KeyboardEvent): void {
    if (!(event.ctrlKey || event.metaKey) || event.key !== 's' || event.isComposing) return;
    event.preventDefault();
    void this.save();
  }

  /** With `overwrite`, what somebody else saved meanwhile is replaced knowingly. */
  protected async save(overwrite = false): Promise<void> {
    if (this.isBusy() || !this.isChanged() || !this.mayChange() || !this.check()) return;
    this.isBusy.set(true);
    this.clear();
    try {
      const { id, updated_at } = this.app();
      const input = changedInput(this.draft(), this.app());
      this.take(await this.client.update(id, input, overwrite ? undefined : updated_at));
      this.toasts.done(this.transloco.translate('apps.saved', { name: this.draft().name }));
    } catch (error) {
      this.show(toProblem(error));
    } finally {
      this.isBusy.set(false);
    }
  }

  protected async overwrite(): Promise<void> {
    this.stale.set(null);
    await this.save(true);
  }

  protected take(app: AppDto): void {
    this.stale.set(null);
    this.saved.emit(app);
    this.draft.set(draftOf(app));
  }

  protected differences(current: AppDto): readonly Difference[] {
    return differencesOf(this.draft(), current, (field, draft) => this.wordsOf(field, draft));
  }

  private check(): boolean {
    const root = this.fields();
    root.markAsTouched();
    this.isChecked.set(true);
    root.errorSummary()[0]?.fieldTree().focusBoundControl();
    return root.valid();
  }

  private clear(): void {
    this.failure.set(null);
    this.refused.set(new Map());
    this.isChecked.set(false);
  }

  private show(problem: Problem): void {
    if (problem.code === 'app/changed') return this.stale.set(problem.current as AppDto);
    this.refused.set(new Map(problem.errors.map(({ field, message }) => [field.split('.')[0] ?? field, message])));
    this.failure.set(problem);
  }

  private wordsOf(field: keyof DifyAppDraft, draft: DifyAppDraft): string {
    const text = (key: string): string => this.transloco.translate(key);
    if (field === 'mode') return text(`apps.mode.${draft.mode}`);
    if (field === 'is_enabled') return text(draft.is_enabled ? 'apps.state.on' : 'apps.state.off');
    if (field === 'llm_config_id') return this.modelName(draft.llm_config_id) ?? text('apps.defaultModel');
    if (field === 'input_form') return draft.input_form.map(({ variable }) => variable).join(', ') || '—';
    if (field === 'suggests_after_answer')
      return text(draft.suggests_after_answer ? 'apps.state.on' : 'apps.state.off');
    if (field === 'dangerous_calls') return text(`apps.dangerous.${draft.dangerous_calls}`);
    if (field === 'tools') return draft.tools?.join(', ') ?? text('apps.tools.reading');
    if (field === 'file_upload') return this.filesInWords(draft);
    if (field === 'speech_to_text' || field === 'text_to_speech')
      return draft[field].enabled ? draft[field].model : text('apps.state.off');
    return String(draft[field] ?? '') || '—';
  }

  private filesInWords({ file_upload: files }: DifyAppDraft): string {
    const text = (key: string): string => this.transloco.translate(`apps.${key}`);
    if (!files.enabled) return text('state.off');
    const kinds = files.allowed_file_types.map((kind) => text(`files.kind.${kind}`));
    const methods = files.allowed_file_upload_methods.map((method) => text(`files.method.${method}`));
    return [...kinds, ...files.allowed_file_extensions, ...methods, files.number_limits].join(' · ');
  }

  private modelName(id: string): string | null {
    return id === '' ? null : (this.models().find((model) => model.id === id)?.name ?? id);
  }
}
