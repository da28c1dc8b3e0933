import { Component, computed, inject, input, output } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import type { ToolSourceDto, ToolSourceKindDto, ToolSourceSecret, ToolSourceSetting } from '@opsagent/contracts';
import { TOOL_SOURCE_TLS } from '@opsagent/contracts/constants';
import { Control, Field } from '../../shared/ui/field.js';
import { PasswordInput } from '../../shared/ui/password-input.js';
import type { SourceDraft } from '../source-draft.js';
import { SourceWords } from '../source-words.js';

/** Text of several lines. */
const LONG: readonly string[] = ['paths', 'private_key'];

/** The fields of a source: which of them there are is told by its kind. */
@Component({
  selector: 'oa-source-fields',
  imports: [Control, Field, PasswordInput, TranslocoDirective],
  templateUrl: './source-fields.html',
  styleUrl: './source-fields.css',
})
export class SourceFields {
  protected readonly words = inject(SourceWords);
  readonly draft = input.required<SourceDraft>();
  readonly stored = input.required<ToolSourceDto | null>();
  readonly kinds = input.required<readonly ToolSourceKindDto[]>();
  readonly facts = input.required<ToolSourceKindDto>();
  readonly errors = input.required<ReadonlyMap<string, string>>();
  readonly isReadOnly = input.required<boolean>();
  readonly changed = output<SourceDraft>();
  protected readonly tlsModes = TOOL_SOURCE_TLS.values;
  protected readonly settings = computed(() => [...this.facts().required, ...this.facts().optional]);

  protected isLong(name: string): boolean {
    return LONG.includes(name);
  }

  protected isOptional(name: ToolSourceSetting): boolean {
    return !this.facts().required.includes(name);
  }

  protected isStored(name: ToolSourceSecret): boolean {
    return this.stored()?.secrets.includes(name) ?? false;
  }

  protected errorOf(name: string): string {
    return this.errors().get(name) ?? '';
  }

  protected set(part: Partial<SourceDraft>): void {
    this.changed.emit({ ...this.draft(), ...part });
  }

  protected setSetting(name: ToolSourceSetting, value: string): void {
    this.set({ settings: { ...this.draft().settings, [name]: value } });
  }

  protected setSecret(name: ToolSourceSecret, value: string): void {
    this.set({ secrets: { ...this.draft().secrets, [name]: value } });
  }

  protected forget(name: ToolSourceSecret, isForgotten: boolean): void {
    const others = this.draft().forgotten.filter((other) => other !== name);
    this.set({ forgotten: isForgotten ? [...others, name] : others });
  }
}
