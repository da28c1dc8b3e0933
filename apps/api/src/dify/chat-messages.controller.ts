import { HttpCode, Param, Post, Res } from '@nestjs/common';
import type { Response } from 'express';
import { ChatService } from '../session/chat-service.js';
import type { ChatTurn } from '../session/chat-turn.js';
import { AnnotationReply } from './annotations/annotation-reply.js';
import type { App } from './apps/app.entity.js';
import { PlayedAnswers } from './audio/played-answers.js';
import { EndUsers } from './end-users/end-users.js';
import { QuestionFiles } from './files/question-files.js';
import { Namer } from './naming/namer.js';
import { DifyChatAnswer, chatAnswerOf } from './wire/chat-answer.js';
import { type ChatCall, readChatCall } from './wire/chat-call.js';
import {
  DifyAgentThoughtEvent,
  DifyAudioEvent,
  DifyErrorEvent,
  DifyMessageEndEvent,
  DifyMessageEvent,
  DifyResult,
} from './wire/chat-events.js';
import { DifyChatRequest, DifyUserRequest } from './wire/chat-request.js';
import { firstName } from './wire/conversation-name.js';
import { DescribeDify, DifyController } from './wire/dify-controller.js';
import { DifyEncoder } from './wire/dify-encoder.js';
import { formValues } from './wire/form-inputs.js';
import { streamRun } from './wire/dify-stream.js';
import { type JsonObject, isId, requiredUser } from './wire/read.js';
import { CalledApp, JsonBodyOf } from './wire/request.js';
import { sendJson } from './wire/send-json.js';

/** Questions to an app, answered whole or piece by piece. */
@DifyController('v1/chat-messages')
export class ChatMessagesController {
  constructor(
    private readonly chat: ChatService,
    private readonly endUsers: EndUsers,
    private readonly files: QuestionFiles,
    private readonly annotations: AnnotationReply,
    private readonly namer: Namer,
    private readonly playedAnswers: PlayedAnswers,
  ) {}

  @Post()
  @DescribeDify('Send a message', {
    operationId: 'chat_messages_send',
    body: DifyChatRequest,
    answers: {
      200: {
        contents: {
          'text/event-stream': {
            stream: [DifyMessageEvent, DifyAgentThoughtEvent, DifyMessageEndEvent, DifyAudioEvent, DifyErrorEvent],
          },
          'application/json': DifyChatAnswer,
        },
      },
    },
    problems: [400, 404, 413, 415, 503],
  })
  async send(@CalledApp() app: App, @JsonBodyOf() body: JsonObject, @Res() response: Response): Promise<void> {
    const call = readChatCall(body);
    const turn = await this.turnOf(app, call);
    const run = await this.chat.start(turn);
    if (turn.sessionId === null && call.isNamed) this.namer.nameAfter(run, app, turn.owner, turn.newSession.name);
    if (call.isStreaming) {
      const encoder = new DifyEncoder(run, app.mode);
      return streamRun(response, run, encoder, this.playedAnswers.after(app, run, encoder));
    }
    sendJson(response, 200, chatAnswerOf(run, app.mode, await run.ended));
  }

  /** Always succeeds, as Dify's does: clients do not expect to be told what they stopped. */
  @Post(':task_id/stop')
  @HttpCode(200)
  @DescribeDify('Stop an answer', {
    operationId: 'chat_messages_stop',
    body: DifyUserRequest,
    answers: { 200: DifyResult },
    problems: [400, 415],
  })
  async stop(
    @CalledApp() app: App,
    @Param('task_id') taskId: string,
    @JsonBodyOf() body: JsonObject,
  ): Promise<DifyResult> {
    const owner = this.endUsers.ownerOf(app.id, requiredUser(body['user']));
    if (isId(taskId)) await this.chat.stop(taskId.toLowerCase(), owner);
    return { result: 'success' };
  }

  private async turnOf(app: App, call: ChatCall): Promise<ChatTurn> {
    const owner = this.endUsers.ownerOf(app.id, call.user);
    // A conversation goes on with the inputs it was opened with.
    const inputs = call.conversationId === null ? formValues(app.inputForm, call.inputs) : {};
    return {
      channel: 'dify',
      owner,
      sessionId: call.conversationId,
      newSession: { name: firstName(call.query), userLabel: call.user, inputs },
      query: call.query,
      files: await this.files.of(app, owner, call.files),
      llmConfigId: call.modelConfigId,
      modelUser: { appLlmConfigId: app.llmConfigId },
      systemPrompt: app.systemPrompt,
      tools: app.mode === 'chat' ? [] : app.tools,
      dangerousCalls: app.dangerousCalls === 'wait' ? 'ask' : 'refuse',
      delivery: call.isStreaming ? 'stream' : 'blocking',
      readyAnswer: this.annotations.forTurn(app, call.query),
    };
  }
}
