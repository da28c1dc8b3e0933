import type { AppDto, AppKeyDto, UpdateAppDto } from '@opsagent/contracts';
import type { AppKey } from './app-key.entity.js';
import type { App } from './app.entity.js';

export function toAppDto(app: App, isFirst: boolean): AppDto {
  return {
    id: app.id,
    name: app.name,
    description: app.description,
    icon: app.icon,
    icon_background: app.iconBackground,
    mode: app.mode,
    llm_config_id: app.llmConfigId,
    system_prompt: app.systemPrompt,
    opening_statement: app.openingStatement,
    suggested_questions: app.suggestedQuestions,
    suggests_after_answer: app.suggestsAfterAnswer,
    input_form: app.inputForm,
    tools: app.tools === 'all-read' ? null : app.tools,
    dangerous_calls: app.dangerousCalls,
    file_upload: app.fileUpload,
    annotation_reply: app.annotationReply,
    speech_to_text: app.speechToText,
    text_to_speech: app.textToSpeech,
    retention_days: app.retentionDays,
    is_enabled: app.isEnabled,
    is_first: isFirst,
    created_at: app.createdAt.toISOString(),
    updated_at: app.updatedAt.toISOString(),
  };
}

/** The columns that a caller changes; what was not sent is not among them. */
export function toAppChange(input: UpdateAppDto): Partial<App> {
  const columns: Partial<App> = {
    name: input.name,
    description: input.description,
    icon: input.icon,
    iconBackground: input.icon_background,
    mode: input.mode,
    llmConfigId: input.llm_config_id,
    systemPrompt: input.system_prompt,
    openingStatement: input.opening_statement,
    suggestedQuestions: input.suggested_questions,
    suggestsAfterAnswer: input.suggests_after_answer,
    inputForm: input.input_form,
    tools: input.tools === null ? 'all-read' : input.tools,
    dangerousCalls: input.dangerous_calls,
    fileUpload: input.file_upload,
    annotationReply: input.annotation_reply,
    speechToText: input.speech_to_text,
    textToSpeech: input.text_to_speech,
    retentionDays: input.retention_days,
    isEnabled: input.is_enabled,
  };
  return Object.fromEntries(Object.entries(columns).filter(([, value]) => value !== undefined));
}

export function toAppKeyDto(key: AppKey): AppKeyDto {
  return {
    id: key.id,
    name: key.name,
    last_four: key.lastFour,
    created_at: key.createdAt.toISOString(),
    last_used_at: key.lastUsedAt?.toISOString() ?? null,
    expires_at: key.expiresAt?.toISOString() ?? null,
  };
}
