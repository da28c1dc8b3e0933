import { Component, inject } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import { CurrentUser } from '../shared/data/current-user.js';
import { DENSITIES, Density, type DensityName } from '../shared/data/density.js';
import { SEND_KEYS, SendKey, type SendKeyName } from '../shared/data/send-key.js';
import { Shortcuts } from '../shared/data/shortcuts.js';
import { Theme, type ThemeName, THEMES } from '../shared/data/theme.js';
import { TimeZone } from '../shared/data/time-zone.js';
import { Language } from '../shared/i18n/language.js';
import { LANGUAGE_NAMES, type LanguageCode, LANGUAGES } from '../shared/i18n/texts.js';
import { Control, Field } from '../shared/ui/field.js';
import { IdentitiesSection } from './identities-section.js';
import { NameForm } from './name-form.js';
import { PasswordSection } from './password-section.js';
import { TwoFactorSection } from './two-factor/two-factor-section.js';
import { type Choice, ChoiceGroup } from './ui/choice-group.js';

/** Who one is, and how the console looks and behaves in this browser. */
@Component({
  selector: 'oa-profile-page',
  imports: [
    ChoiceGroup,
    Control,
    Field,
    IdentitiesSection,
    NameForm,
    PasswordSection,
    TranslocoDirective,
    TwoFactorSection,
  ],
  templateUrl: './profile-page.html',
  styles: `
    .oa-card {
      display: flex;
      flex-direction: column;
      gap: var(--oa-space-5);
      max-width: 720px;
      padding: var(--oa-space-5);
    }

    oa-field {
      width: min(400px, 100%);
    }

    dl {
      display: grid;
      grid-template-columns: max-content minmax(0, 1fr);
      gap: var(--oa-space-3) var(--oa-space-5);
      font: var(--oa-control);
    }
  `,
})
export class ProfilePage {
  protected readonly me = inject(CurrentUser).me;
  protected readonly language = inject(Language);
  protected readonly theme = inject(Theme);
  protected readonly density = inject(Density);
  protected readonly sendKey = inject(SendKey);
  protected readonly timeZone = inject(TimeZone);
  protected readonly browserZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  protected readonly zones = [...new Set(['UTC', ...Intl.supportedValuesOf('timeZone')])].sort();
  protected readonly shortcuts = inject(Shortcuts);
  protected readonly languages = LANGUAGES.map((code): Choice<LanguageCode> => ({
    value: code,
    label: LANGUAGE_NAMES[code],
    lang: code,
  }));
  private readonly command = /Mac|iPhone|iPad/.test(navigator.userAgent) ? '⌘' : 'Ctrl';

  protected themes(translate: (key: string) => string): Choice<ThemeName>[] {
    return THEMES.map((value) => ({ value, label: translate('shell.themes.' + value) }));
  }

  protected densities(translate: (key: string) => string): Choice<DensityName>[] {
    return DENSITIES.map((value) => ({ value, label: translate('identity.profile.densities.' + value) }));
  }

  protected sendKeys(translate: (key: string, facts: object) => string): Choice<SendKeyName>[] {
    const { command } = this;
    return SEND_KEYS.map((value) => ({ value, label: translate('identity.profile.sendKeys.' + value, { command }) }));
  }
}
