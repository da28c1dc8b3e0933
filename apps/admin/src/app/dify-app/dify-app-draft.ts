import type {
  AppDto,
  AppMode,
  DangerousCalls,
  FileUploadDto,
  InputFieldDto,
  SpeechToTextDto,
  TextToSpeechDto,
  UpdateAppDto,
} from '@opsagent/contracts';
import type { Difference } from '../shared/ui/stale-dialog.js';

/** The form's model: text for what can be empty, a line each for lists of sentences. */
export interface DifyAppDraft {
  name: string;
  description: string;
  icon: string;
  icon_background: string;
  mode: AppMode;
  /** Empty takes the default. */
  llm_config_id: string;
  system_prompt: string;
  opening_statement: string;
  suggested_questions: string;
  suggests_after_answer: boolean;
  input_form: InputFieldDto[];
  /** Null allows every tool that only reads. */
  tools: string[] | null;
  dangerous_calls: DangerousCalls;
  file_upload: FileUploadDto;
  speech_to_text: SpeechToTextDto;
  text_to_speech: TextToSpeechDto;
  retention_days: number | null;
  is_enabled: boolean;
}

/** The fields in the order of the form, and the text key of each one's name. */
export const FIELD_LABELS: Readonly<Record<keyof DifyAppDraft, string>> = {
  name: 'apps.field.name',
  description: 'apps.field.description',
  icon: 'apps.field.icon',
  icon_background: 'apps.field.colour',
  mode: 'apps.field.mode',
  is_enabled: 'apps.field.enabled',
  llm_config_id: 'apps.field.model',
  system_prompt: 'apps.field.prompt',
  tools: 'apps.field.tools',
  dangerous_calls: 'apps.field.dangerous',
  opening_statement: 'apps.field.opening',
  suggested_questions: 'apps.field.questions',
  suggests_after_answer: 'apps.field.suggests',
  input_form: 'apps.field.form',
  file_upload: 'apps.section.files',
  speech_to_text: 'apps.speech.listens',
  text_to_speech: 'apps.speech.speaks',
  retention_days: 'apps.field.retention',
};

export function draftOf(app: AppDto): DifyAppDraft {
  return {
    name: app.name,
    description: app.description,
    icon: app.icon,
    icon_background: app.icon_background,
    mode: app.mode,
    llm_config_id: app.llm_config_id ?? '',
    system_prompt: app.system_prompt ?? '',
    opening_statement: app.opening_statement ?? '',
    suggested_questions: app.suggested_questions.join('\n'),
    suggests_after_answer: app.suggests_after_answer,
    input_form: app.input_form.map((field) => ({ ...field })),
    tools: app.tools && [...app.tools],
    dangerous_calls: app.dangerous_calls,
    file_upload: { ...app.file_upload },
    speech_to_text: { ...app.speech_to_text },
    text_to_speech: { ...app.text_to_speech },
    retention_days: app.retention_days,
    is_enabled: app.is_enabled,
  };
}

/** True when the form shows the same of both. */
export function isSameForm(one: AppDto, other: AppDto): boolean {
  return one.id === other.id && isSame(draftOf(one), draftOf(other));
}

/** What is sent: trimmed, null where nothing was entered. */
export function inputOf(draft: DifyAppDraft): UpdateAppDto {
  return {
    ...draft,
    name: draft.name.trim(),
    description: draft.description.trim(),
    icon: draft.icon.trim(),
    llm_config_id: draft.llm_config_id || null,
    system_prompt: draft.system_prompt.trim() || null,
    opening_statement: draft.opening_statement.trim() || null,
    suggested_questions: linesOf(draft.suggested_questions),
  };
}

/** Only what differs from what was loaded. */
export function changedInput(draft: DifyAppDraft, loaded: AppDto): UpdateAppDto {
  const before: Record<string, unknown> = { ...inputOf(draftOf(loaded)) };
  const changes = Object.entries(inputOf(draft)).filter(([field, value]) => !isSame(value, before[field]));
  return Object.fromEntries(changes);
}

/** Where a draft and what is stored now are not the same. */
export function differencesOf(
  draft: DifyAppDraft,
  stored: AppDto,
  shown: (field: keyof DifyAppDraft, draft: DifyAppDraft) => string,
): readonly Difference[] {
  const [mine, current] = [draft, draftOf(stored)];
  return (Object.keys(FIELD_LABELS) as (keyof DifyAppDraft)[])
    .filter((field) => !isSame(mine[field], current[field]))
    .map((field) => ({
      label: FIELD_LABELS[field],
      mine: shown(field, mine),
      current: shown(field, current),
    }));
}

/** The lines that say something. */
export function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
}

function isSame(left: unknown, right: unknown): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}
