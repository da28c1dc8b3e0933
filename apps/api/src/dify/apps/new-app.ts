import type { AppMode } from '@opsagent/contracts';
import type { App } from './app.entity.js';

/** An app with a name and nothing set but what a plain agent needs. */
export function newApp(id: string, name: string, mode: AppMode, now: Date): App {
  return {
    id,
    name,
    mode,
    description: '',
    icon: '🤖',
    iconBackground: '#D5F5F6',
    llmConfigId: null,
    systemPrompt: null,
    openingStatement: null,
    suggestedQuestions: [],
    suggestsAfterAnswer: true,
    inputForm: [],
    tools: 'all-read',
    dangerousCalls: 'refuse',
    fileUpload: {
      enabled: false,
      allowed_file_types: ['image', 'document'],
      allowed_file_extensions: [],
      allowed_file_upload_methods: ['remote_url', 'local_file'],
      number_limits: 3,
    },
    annotationReply: { enabled: false, score_threshold: 0.9, llm_config_id: null },
    speechToText: { enabled: false, llm_config_id: null, model: '' },
    textToSpeech: { enabled: false, llm_config_id: null, model: '', voice: '', language: '', auto_play: false },
    retentionDays: null,
    isEnabled: true,
    createdAt: now,
    updatedAt: now,
    deletedAt: null,
  };
}
