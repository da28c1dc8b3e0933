import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type Recording, Speech, type SpeechModel } from '../../llm-config/speech/speech.js';
import { estimateTokens } from '../../llm-config/wire/token-estimate.js';
import { TurnLimits } from '../../platform/limits/limits.js';
import type { App } from '../apps/app.entity.js';
import { DifyError } from '../wire/dify-error.js';
import { spokenParts } from './spoken-parts.js';

/** Audio while it comes. */
export interface Spoken {
  readonly mimeType: string;
  readonly bytes: AsyncIterable<Buffer>;
}

/** An app's ears and mouth: the speech endpoints it is set to, within its limits. */
@Injectable()
export class AppVoice {
  constructor(
    private readonly speech: Speech,
    private readonly limits: TurnLimits,
  ) {}

  /** @throws DifyError, UpstreamFailed, what a limit refuses, and the reason of `signal` */
  async transcribe(app: App, recording: Recording, signal: AbortSignal): Promise<string> {
    const { llm_config_id: configId, model } = app.speechToText;
    const use = await this.admitted(app, configId);
    try {
      const text = await use.endpoints.transcribe(model, recording, signal);
      this.count(app, configId, text);
      return text;
    } finally {
      await use.release();
    }
  }

  /** Resolves when the first bytes are there; a long text is spoken in parts. @throws as `transcribe` does */
  async speak(app: App, text: string, voice: string | null, signal: AbortSignal): Promise<Spoken> {
    const { llm_config_id: configId, model, voice: ownVoice } = app.textToSpeech;
    const use = await this.admitted(app, configId);
    const speak = (part: string) => use.endpoints.speak({ model, voice: voice ?? ownVoice, text: part }, signal);
    const [first = '', ...others] = spokenParts(text);
    try {
      const { mimeType, bytes } = await speak(first);
      this.count(app, configId, text);
      return { mimeType, bytes: oneAfterTheOther(bytes, others, speak, use.release) };
    } catch (error) {
      await use.release();
      throw error;
    }
  }

  /** Speech services tell neither tokens nor a price: about as much as the words are, of an unknown price. */
  private count({ id: appId }: App, llmConfigId: string | null, words: string): void {
    const use = { owner: { appId }, llmConfigId, promptTokens: estimateTokens(words), completionTokens: 0 };
    this.limits.used({ ...use, cost: null });
  }

  private async admitted(
    app: App,
    configId: string | null,
  ): Promise<{ endpoints: SpeechModel; release: () => Promise<void> }> {
    const endpoints = configId === null ? null : await this.speech.open(configId);
    if (configId === null || endpoints === null) {
      throw new DifyError(400, 'provider_not_initialize', 'The model of this feature is not set up or switched off.');
    }
    const admission = await this.limits.admit({
      ...{ runId: randomUUID(), owner: { appId: app.id }, llmConfigId: configId },
    });
    return { endpoints, release: async () => void (await admission.release()) };
  }
}

/** What was admitted is used until the last byte is out, or whoever listens has gone. */
async function* oneAfterTheOther(
  first: AsyncIterable<Buffer>,
  others: readonly string[],
  speak: (part: string) => Promise<{ bytes: AsyncIterable<Buffer> }>,
  release: () => Promise<void>,
): AsyncGenerator<Buffer, void, undefined> {
  try {
    yield* first;
    for (const part of others) yield* (await speak(part)).bytes;
  } finally {
    await release();
  }
}
