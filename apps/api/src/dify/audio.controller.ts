import { pipeline } from 'node:stream/promises';
import { HttpCode, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Conversations } from '../session/conversations.js';
import type { AppUser } from '../session/end-user-feedbacks.repository.js';
import { Files } from '../session/files/files.js';
import type { App } from './apps/app.entity.js';
import { AUDIO_FILE } from './audio/audio-file.js';
import { AppVoice } from './audio/app-voice.js';
import { EndUsers } from './end-users/end-users.js';
import { receiveUpload } from './files/upload.js';
import {
  DifyAudioForm,
  DifySpeechRequest,
  DifyTranscript,
  readSpeechCall,
  type SpeechCall,
} from './wire/audio-call.js';
import { DescribeDify, DifyController } from './wire/dify-controller.js';
import { DifyError, InvalidParam } from './wire/dify-error.js';
import { optionalUser, type JsonObject } from './wire/read.js';
import { CalledApp, JsonBodyOf } from './wire/request.js';

/** Speech to text and text to speech, for apps that have them switched on. */
@DifyController('v1')
export class AudioController {
  constructor(
    private readonly voice: AppVoice,
    private readonly endUsers: EndUsers,
    private readonly conversations: Conversations,
    private readonly files: Files,
  ) {}

  @Post('audio-to-text')
  @HttpCode(200)
  @DescribeDify('Turn speech into text', {
    operationId: 'audio_to_text',
    details: 'A form (`multipart/form-data`) with one `file` and, in any order, its `user`.',
    body: DifyAudioForm,
    answers: { 200: DifyTranscript },
    problems: [400, 413, 415, 429],
  })
  async hear(@CalledApp() app: App, @Req() request: Request, @Res({ passthrough: true }) response: Response) {
    if (!app.speechToText.enabled) {
      throw new DifyError(400, 'speech_to_text_disabled', 'Speech to text is not enabled.');
    }
    const { file, user } = await receiveUpload(request, app.id, this.files, AUDIO_FILE);
    try {
      this.endUsers.ownerOf(app.id, optionalUser(user));
      return { text: await this.voice.transcribe(app, file, leavingOf(response)) };
    } finally {
      await file.drop();
    }
  }

  @Post('text-to-audio')
  @DescribeDify('Turn text into speech', {
    operationId: 'text_to_audio',
    body: DifySpeechRequest,
    answers: { 200: { contents: { 'audio/mpeg': 'text' } } },
    problems: [400, 404, 415, 429],
  })
  async speak(@CalledApp() app: App, @JsonBodyOf() body: JsonObject, @Res() response: Response): Promise<void> {
    if (!app.textToSpeech.enabled) throw new InvalidParam('Text to speech is not enabled.');
    const owner = this.endUsers.ownerOf(app.id, optionalUser(body['user']));
    const call = readSpeechCall(body);
    const text = await this.textOf(owner, call);
    const { mimeType, bytes } = await this.voice.speak(app, text, call.voice, leavingOf(response));
    response.writeHead(200, { 'Content-Type': mimeType, 'Cache-Control': 'no-cache', 'X-Accel-Buffering': 'no' });
    // Whoever goes before the end does not get the rest, and half an answer must not look like a whole one.
    await pipeline(bytes, response).catch(() => response.destroy());
  }

  /** @throws MessageNotFound, InvalidParam */
  private async textOf(owner: AppUser, { messageId, text }: SpeechCall): Promise<string> {
    if (messageId === null) return text;
    const { turns } = await this.conversations.saidUpTo(owner, messageId, 1);
    const answer = turns.at(-1)?.answer.trim() ?? '';
    if (answer === '') throw new InvalidParam('The message has no answer to be spoken.');
    return answer;
  }
}

/** Aborted when the client goes before it has its answer. */
function leavingOf(response: Response): AbortSignal {
  const leaving = new AbortController();
  response.once('close', () => response.writableFinished || leaving.abort(new Error('The client has gone.')));
  return leaving.signal;
}
