import { Injectable } from '@nestjs/common';
import { LlmConfigStore } from './llm-config-store.js';
import { PROVIDERS } from './providers/providers.js';

/** Tells what a configuration is for, to those who only name one. */
@Injectable()
export class LlmConfigKinds {
  constructor(private readonly store: LlmConfigStore) {}

  /** Null when there is no such configuration. */
  async kindOf(id: string): Promise<'chat' | 'embedding' | null> {
    const config = await this.store.get(id);
    if (!config) return null;
    return config.isEmbedding ? 'embedding' : 'chat';
  }

  /** Whether its provider can have speech endpoints beside its chat endpoint. */
  async maySpeak(id: string): Promise<boolean> {
    const config = await this.store.get(id);
    return config !== null && PROVIDERS[config.provider].wire === 'openai';
  }
}
