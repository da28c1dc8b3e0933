import type { ProviderDescriptor } from '../providers/provider-descriptor.js';

/** What stands below the base URL. */
export interface WirePaths {
  readonly chat: string;
  readonly embeddings: string;
  readonly models: string;
}

/** Where each wire has what. */
export const WIRE_PATHS: Readonly<Record<ProviderDescriptor['wire'], WirePaths>> = {
  openai: { chat: '/chat/completions', embeddings: '/embeddings', models: '/models' },
  ollama: { chat: '/api/chat', embeddings: '/api/embed', models: '/api/tags' },
};

/** Where OpenAI's wire hears and speaks; Ollama's does neither. */
export const SPEECH_PATHS = { transcriptions: '/audio/transcriptions', speech: '/audio/speech' } as const;
