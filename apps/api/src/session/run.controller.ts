import { Controller, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import { CHAT_EVENTS, StopRunDto } from '@opsagent/contracts';
import type { Request, Response } from 'express';
import { Describe } from '../platform/http/describe.js';
import { IdParam } from '../platform/http/id-param.js';
import { lastEventId } from '../platform/http/sse.js';
import { RunFollower } from './run-follower.js';
import { RunService } from './run.service.js';
import { streamEvents } from './session-stream.js';

/** Answers being made. */
@Controller('api/runs')
export class RunController {
  constructor(
    private readonly runs: RunService,
    private readonly follower: RunFollower,
  ) {}

  @Get(':id/events')
  @Describe('Follow a run, from any of its events on', {
    answers: { 200: { stream: Object.values(CHAT_EVENTS) } },
    problems: [404],
    details: 'Readable until ten minutes after the end; later the end alone is told, and the messages hold the rest.',
  })
  async events(@IdParam() id: string, @Req() request: Request, @Res() response: Response): Promise<void> {
    await this.runs.check(id);
    streamEvents(response, (reader) => this.follower.follow(id, lastEventId(request), reader));
  }

  @Post(':id/stop')
  @HttpCode(200)
  @Describe('Stop a run', { answers: { 200: StopRunDto }, problems: [404] })
  stop(@IdParam() id: string): Promise<StopRunDto> {
    return this.runs.stop(id);
  }
}
