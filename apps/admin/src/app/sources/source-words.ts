import { inject, Service } from '@angular/core';
import { TranslocoService } from '@jsverse/transloco';
import type { ToolSourceDto, ToolSourceTestDto } from '@opsagent/contracts';
import type { Difference } from '../shared/ui/stale-dialog.js';
import { Language } from '../shared/i18n/language.js';
import { draftOf, type SourceDraft } from './source-draft.js';

/** Sources in the reader's language; reading one in a template follows a switch of language. */
@Service()
export class SourceWords {
  private readonly transloco = inject(TranslocoService);
  private readonly language = inject(Language);

  /** A kind that this console does not know yet is called by its own name. */
  kind(kind: string): string {
    return this.named(`sources.kind.${kind}`, kind);
  }

  kindHint(kind: string): string {
    return this.named(`sources.kindHint.${kind}`, '');
  }

  /** Some kinds call a setting by another name; one that a new kind has brought along is called by its own. */
  setting(kind: string, name: string): string {
    return this.named(`sources.fieldOf.${kind}.${name}`, this.named(`sources.field.${name}`, name));
  }

  settingHint(kind: string, name: string): string {
    return this.named(`sources.hintOf.${kind}.${name}`, this.named(`sources.settingHint.${name}`, ''));
  }

  secret(name: string): string {
    return this.named(`sources.secret.${name}`, name);
  }

  test(test: ToolSourceTestDto | null): string {
    this.language.active();
    const key = test === null ? 'untested' : test.ok ? 'ok' : `fault.${test.fault ?? 'failed'}`;
    return this.transloco.translate(`sources.${key}`);
  }

  /** Field by field what somebody else saved meanwhile, against what was typed here. */
  differences(draft: SourceDraft, current: ToolSourceDto): readonly Difference[] {
    const theirs = draftOf(current, current.kind);
    const mine = { ...plain(draft), ...draft.settings };
    const other: Record<string, string> = { ...plain(theirs), ...theirs.settings };
    const names = [...new Set([...Object.keys(mine), ...Object.keys(other)])];
    return names
      .map((name) => ({
        label: `sources.field.${name}`,
        mine: (mine as Record<string, string>)[name] ?? '',
        current: other[name] ?? '',
      }))
      .filter(({ mine: own, current: now }) => own !== now);
  }

  private named(key: string, otherwise: string): string {
    this.language.active();
    const isKnown = key in this.transloco.getTranslation(this.transloco.getActiveLang());
    return isKnown ? this.transloco.translate(key) : otherwise;
  }
}

function plain({ name, description, environment, isActive }: SourceDraft): Record<string, string> {
  return { name, description, environment, isActive: isActive ? '✓' : '—' };
}
