import { Component, computed, input, model } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import type { LlmConfigDto, SpeechToTextDto, TextToSpeechDto } from '@opsagent/contracts';
import { Control, Field } from '../../shared/ui/field.js';

/** Whether an app understands speech, or speaks its answers, and with which model. */
@Component({
  selector: 'oa-speech-editor',
  imports: [Control, Field, TranslocoDirective],
  template: `
    <ng-container *transloco="let t">
      <label class="oa-check">
        <input type="checkbox" [checked]="speech().enabled" (change)="put({ enabled: $any($event.target).checked })" />
        {{ t(spoken() ? 'apps.speech.speaks' : 'apps.speech.listens') }}
      </label>
      @if (speech().enabled) {
        <div class="parts">
          <oa-field [label]="t('apps.speech.config')" [hint]="t('apps.speech.configHint')">
            <select oaControl (change)="put({ llm_config_id: $any($event.target).value || null })">
              <option value="" [selected]="speech().llm_config_id === null">{{ t('apps.speech.choose') }}</option>
              @for (one of models(); track one.id) {
                <option [value]="one.id" [selected]="one.id === speech().llm_config_id">{{ one.name }}</option>
              }
            </select>
          </oa-field>
          <oa-field [label]="t('apps.speech.model')">
            <input
              oaControl
              maxlength="200"
              [placeholder]="spoken() ? 'tts-1' : 'whisper-1'"
              [value]="speech().model"
              (input)="put({ model: $any($event.target).value })"
            />
          </oa-field>
          @if (spoken(); as spoken) {
            <oa-field [label]="t('apps.speech.voice')">
              <input
                oaControl
                maxlength="100"
                [placeholder]="'alloy'"
                [value]="spoken.voice"
                (input)="put({ voice: $any($event.target).value })"
              />
            </oa-field>
            <oa-field [label]="t('apps.speech.language')" [isOptional]="true">
              <input
                oaControl
                maxlength="20"
                [placeholder]="'zh-Hans'"
                [value]="spoken.language"
                (input)="put({ language: $any($event.target).value })"
              />
            </oa-field>
          }
        </div>
        @if (spoken(); as spoken) {
          <label class="oa-check">
            <input
              type="checkbox"
              [checked]="spoken.auto_play"
              (change)="put({ auto_play: $any($event.target).checked })"
            />
            {{ t('apps.speech.autoPlay') }}
          </label>
        }
      }
      @if (error()) {
        <p class="error" role="alert">{{ error() }}</p>
      }
    </ng-container>
  `,
  styles: `
    :host {
      display: flex;
      flex-direction: column;
      gap: var(--oa-space-4);
    }

    .oa-check {
      align-self: start;
    }

    .parts {
      display: grid;
      grid-template-columns: repeat(auto-fit, minmax(min(220px, 100%), 1fr));
      gap: var(--oa-space-4);
    }

    .error {
      color: var(--oa-danger);
      font: var(--oa-caption);
    }
  `,
})
export class SpeechEditor<T extends SpeechToTextDto> {
  readonly speech = model.required<T>();
  readonly models = input.required<readonly LlmConfigDto[]>();
  readonly error = input('');
  /** Null where speech is only understood. */
  protected readonly spoken = computed<TextToSpeechDto | null>(() => {
    const speech: SpeechToTextDto = this.speech();
    return isSpoken(speech) ? speech : null;
  });

  protected put(change: Partial<TextToSpeechDto>): void {
    this.speech.update((speech) => ({ ...speech, ...change }));
  }
}

function isSpoken(speech: SpeechToTextDto): speech is TextToSpeechDto {
  return 'voice' in speech;
}
