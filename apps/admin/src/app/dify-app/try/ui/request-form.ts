import { Component, computed, inject, input, output } from '@angular/core';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import type { LlmConfigDto } from '@opsagent/contracts';
import { Language } from '../../../shared/i18n/language.js';
import { CopyButton } from '../../../shared/ui/copy-button.js';
import { Control, Field } from '../../../shared/ui/field.js';
import { Icon } from '../../../shared/ui/icon/icon.js';
import { Writes } from '../../../shared/ui/writes.js';
import { WIRE_GROUP, type WireField, type WireOperation } from '../wire-operation.js';
import { bodyText, RAW_BODY, type WireFault, type WireValues } from '../wire-request.js';
import { WireFieldControl } from './wire-field-control.js';

/** Seen at once although they may be left out. */
const FIRST = ['query', 'response_mode', 'rating', 'name', 'inputs'];

/** One call: which operation, with what, and by which key. */
@Component({
  selector: 'oa-request-form',
  imports: [Control, CopyButton, Field, Icon, TranslocoDirective, WireFieldControl, Writes],
  templateUrl: './request-form.html',
  styleUrl: './request-form.css',
})
export class RequestForm {
  private readonly transloco = inject(TranslocoService);
  private readonly language = inject(Language);
  readonly operations = input.required<readonly WireOperation[]>();
  readonly operation = input.required<WireOperation>();
  readonly values = input.required<WireValues>();
  readonly rawBody = input.required<string | null>();
  readonly fault = input.required<WireFault | null>();
  readonly models = input.required<readonly LlmConfigDto[]>();
  readonly takesFiles = input(false);
  readonly curl = input('');
  readonly isBusy = input(false);
  readonly mayMakeKey = input(false);
  readonly isPasting = input(false);
  readonly pasted = input('');
  readonly lastFour = input('');
  readonly chosen = output<string>();
  readonly entered = output<WireValues>();
  readonly rawBodyChange = output<string | null>();
  readonly fileChange = output<File | null>();
  readonly attached = output<File>();
  readonly pastingChange = output<boolean>();
  readonly pastedChange = output<string>();
  readonly sent = output();

  protected readonly rawId = RAW_BODY;
  protected readonly groups = computed(() => {
    this.language.active();
    return WIRE_GROUP.map((group) => ({
      group,
      options: this.operations()
        .filter((operation) => operation.group === group)
        .map((operation) => ({ key: operation.key, label: `${operation.key} · ${this.titleOf(operation)}` })),
    }));
  });
  protected readonly isRaw = computed(() => this.rawBody() !== null);
  private readonly fields = computed(() =>
    this.operation().fields.filter((field) => !(this.isRaw() && field.in === 'body')),
  );
  protected readonly first = computed(() => this.fields().filter(isFirst));
  protected readonly more = computed(() => this.fields().filter((field) => !isFirst(field)));
  protected readonly isMoreEntered = computed(() =>
    this.more().some(({ id, initial }) => (this.values()[id] ?? '') !== initial),
  );
  protected readonly attaches = computed(() => this.takesFiles() && this.operation().key === 'POST /chat-messages');

  protected errorOf(id: string): string {
    const fault = this.fault();
    return fault?.field === id ? this.transloco.translate(`apps.try.faults.${fault.kind}`) : '';
  }

  protected enter(id: string, value: string): void {
    this.entered.emit({ [id]: value });
  }

  protected switchRaw(isRaw: boolean): void {
    this.rawBodyChange.emit(isRaw ? bodyText(this.operation(), this.values()) : null);
  }

  protected attach(event: Event): void {
    const picker = event.target as HTMLInputElement;
    const file = picker.files?.[0];
    if (file) this.attached.emit(file);
    // The same file may be chosen again.
    picker.value = '';
  }

  protected sendByKey(event: KeyboardEvent): void {
    if (!(event.ctrlKey || event.metaKey) || event.key !== 'Enter' || event.isComposing) return;
    event.preventDefault();
    this.sent.emit();
  }

  /** In the reader's language where we have words for it, else in the document's. */
  private titleOf({ id, summary }: WireOperation): string {
    const key = `apps.operation.${id}`;
    const title = this.transloco.translate<string>(key);
    return title === key ? summary : title;
  }
}

function isFirst({ name, isRequired }: WireField): boolean {
  return isRequired || FIRST.includes(name);
}
