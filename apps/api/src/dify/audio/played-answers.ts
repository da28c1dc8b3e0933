import { Injectable, Logger } from '@nestjs/common';
import type { Run } from '../../session/run.js';
import type { App } from '../apps/app.entity.js';
import type { DifyEncoder } from '../wire/dify-encoder.js';
import type { Epilogue } from '../wire/dify-stream.js';
import { AppVoice } from './app-voice.js';

/** Speaks answers into the streams that told them, for apps whose clients play answers unasked. */
@Injectable()
export class PlayedAnswers {
  private readonly logger = new Logger(PlayedAnswers.name);

  constructor(private readonly voice: AppVoice) {}

  /** What follows the end of an answer; undefined where nothing is played. */
  after(app: App, run: Run, encoder: DifyEncoder): Epilogue | undefined {
    const { enabled, auto_play } = app.textToSpeech;
    if (!enabled || !auto_play) return undefined;
    return async (write, signal) => {
      const { status, answer } = await run.ended;
      if (status !== 'finished' || answer.trim() === '') return;
      try {
        const { bytes } = await this.voice.speak(app, answer, null, signal);
        for await (const piece of bytes) await write(encoder.audio(piece));
      } catch (error) {
        // The answer itself is told and stored.
        if (!signal.aborted) this.logger.warn(`An answer was not spoken to its end: ${(error as Error).message}`);
      }
      await write(encoder.audioEnd());
    };
  }
}
