import { Body, Controller, Delete, Get, HttpCode, Patch, Post, Query, Req, Res } from '@nestjs/common';
import {
  CHAT_EVENTS,
  CreateSessionDto,
  MessageListDto,
  MessageQueryDto,
  RunStartedDto,
  SendMessageDto,
  SessionDto,
  SessionListDto,
  SessionQueryDto,
  UpdateSessionDto,
} from '@opsagent/contracts';
import type { Request, Response } from 'express';
import { Describe } from '../platform/http/describe.js';
import { IdParam } from '../platform/http/id-param.js';
import { RunFollower } from './run-follower.js';
import { SessionService } from './session.service.js';
import { streamEvents } from './session-stream.js';

/** The sessions of whoever is asking. */
@Controller('api/sessions')
export class SessionController {
  constructor(
    private readonly sessions: SessionService,
    private readonly follower: RunFollower,
  ) {}

  @Post()
  @Describe('Open a session', { answers: { 201: SessionDto } })
  create(@Body() input: CreateSessionDto): Promise<SessionDto> {
    return this.sessions.create(input);
  }

  @Get()
  @Describe('List one’s own sessions', { answers: { 200: SessionListDto } })
  list(@Query() query: SessionQueryDto): Promise<SessionListDto> {
    return this.sessions.list(query);
  }

  @Get(':id')
  @Describe('Read a session', { answers: { 200: SessionDto }, problems: [404] })
  get(@IdParam() id: string): Promise<SessionDto> {
    return this.sessions.get(id);
  }

  @Patch(':id')
  @Describe('Rename, pin or put away a session, or bind another configuration', {
    answers: { 200: SessionDto },
    problems: [404],
  })
  update(@IdParam() id: string, @Body() input: UpdateSessionDto): Promise<SessionDto> {
    return this.sessions.update(id, input);
  }

  @Delete(':id')
  @HttpCode(204)
  @Describe('Delete a session', { answers: { 204: null }, problems: [404] })
  delete(@IdParam() id: string): Promise<void> {
    return this.sessions.delete(id);
  }

  @Post(':id/restore')
  @HttpCode(200)
  @Describe('Take back a session deleted within the last 30 days', { answers: { 200: SessionDto }, problems: [404] })
  restore(@IdParam() id: string): Promise<SessionDto> {
    return this.sessions.restore(id);
  }

  @Get(':id/messages')
  @Describe('List the messages of a session', {
    answers: { 200: MessageListDto },
    problems: [404],
    details:
      'One line of versions: the newest, or the one through a message. Pages count from its end; inside a page the oldest comes first.',
  })
  listMessages(@IdParam() id: string, @Query() query: MessageQueryDto): Promise<MessageListDto> {
    return this.sessions.listMessages(id, query);
  }

  @Post(':id/messages')
  @Describe('Ask something and stream the answer', {
    answers: { 200: { stream: Object.values(CHAT_EVENTS) }, 202: RunStartedDto },
    problems: [404, 409],
    details:
      'Answers a stream of events; with `Accept: application/json` it answers 202 at once and the events are read at `/api/runs/{id}/events`. The answer is made to its end even if nobody reads it.',
  })
  async send(
    @IdParam() id: string,
    @Body() input: SendMessageDto,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const run = await this.sessions.send(id, input);
    if (request.accepts(['text/event-stream', 'application/json']) === 'application/json')
      response.status(202).json({ run_id: run.runId, message_id: run.messageId } satisfies RunStartedDto);
    else streamEvents(response, (reader) => this.follower.follow(run.runId, 0, reader));
  }
}
