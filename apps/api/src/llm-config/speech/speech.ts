import { Injectable } from '@nestjs/common';
import { Environment } from '../../platform/config/environment.js';
import { Outbound, type OutboundResponse } from '../../platform/outbound/outbound.js';
import type { LlmConfigFacts } from '../llm-config-facts.js';
import { LlmConfigStore } from '../llm-config-store.js';
import { PROVIDERS } from '../providers/providers.js';
import { AnswerUnusable } from '../wire/answer.js';
import { parsed } from '../wire/frames.js';
import { patienceOf } from '../wire/patience.js';
import { refusalOf } from '../wire/refusal.js';
import { wholeAnswer } from '../wire/whole-answer.js';
import { SPEECH_PATHS } from '../wire/wire-paths.js';
import { type SpeechCall, SpeechCalls } from './speech-calls.js';
import { transcriptionForm, type Recording } from './transcription-form.js';

export type { Recording } from './transcription-form.js';

/** A text to be spoken. */
export interface Script {
  readonly model: string;
  readonly voice: string;
  readonly text: string;
}

/** Spoken words while they come. */
export interface SpokenWords {
  readonly mimeType: string;
  /** @throws UpstreamFailed; the reason of the call's signal */
  readonly bytes: AsyncGenerator<Buffer, void, undefined>;
}

/** The speech endpoints of one configuration. */
export interface SpeechModel {
  /** @throws UpstreamFailed; the reason of `signal` */
  transcribe(model: string, recording: Recording, signal: AbortSignal): Promise<string>;
  /** Resolves when the first of it is there. @throws UpstreamFailed; the reason of `signal` */
  speak(script: Script, signal: AbortSignal): Promise<SpokenWords>;
}

/** Opens the speech endpoints beside a configuration's chat endpoint: those of OpenAI's wire. */
@Injectable()
export class Speech {
  constructor(
    private readonly store: LlmConfigStore,
    private readonly outbound: Outbound,
    private readonly environment: Environment,
  ) {}

  /** Null when there is no such configuration, or none that can be used. */
  async open(configId: string): Promise<SpeechModel | null> {
    const config = await this.store.get(configId);
    if (!config?.isActive || PROVIDERS[config.provider].wire !== 'openai') return null;
    const calls = new SpeechCalls(config, this.outbound, this.patienceOf(config));
    return {
      transcribe: (model, recording, signal) =>
        calls.ask({ path: SPEECH_PATHS.transcriptions, ...transcriptionForm(model, recording) }, signal, textIn),
      speak: ({ model, voice, text }, signal) => {
        const body = JSON.stringify({ model, voice, input: text, response_format: 'mp3' });
        return calls.ask({ path: SPEECH_PATHS.speech, headers: {}, body: () => body }, signal, wordsIn);
      },
    };
  }

  private patienceOf({ extra, provider }: LlmConfigFacts) {
    return patienceOf(this.environment, extra.timeouts, PROVIDERS[provider].firstByteMs);
  }
}

async function textIn(response: OutboundResponse, call: SpeechCall): Promise<string> {
  const { text } = parsed(await wholeAnswer(response, isTranscription)) as { text: string };
  call.close();
  return text;
}

function isTranscription(body: unknown): boolean {
  return typeof (body as { text?: unknown } | null)?.text === 'string';
}

/** Some gateways answer 200 with an error inside, and some a stream without a byte. */
async function wordsIn(response: OutboundResponse, call: SpeechCall): Promise<SpokenWords> {
  const { status, headers } = response;
  const type = /^[^;]*/.exec(String(headers['content-type'] ?? '').toLowerCase())?.[0].trim() ?? '';
  if (status !== 200 || !/^(audio\/.+|application\/octet-stream|)$/.test(type)) throw await refusalOf(response);
  const bytes = call.bytesOf(response);
  const first = await bytes.next();
  if (first.done) throw new AnswerUnusable('empty_answer', 'the audio is empty');
  return { mimeType: type.startsWith('audio/') ? type : 'audio/mpeg', bytes: joined(first.value, bytes) };
}

async function* joined(
  first: Buffer,
  rest: AsyncGenerator<Buffer, void, undefined>,
): AsyncGenerator<Buffer, void, undefined> {
  try {
    yield first;
    yield* rest;
  } finally {
    await rest.return();
  }
}
