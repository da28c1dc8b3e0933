import { Body, Controller, Delete, HttpCode, Put } from '@nestjs/common';
import { RateMessageDto } from '@opsagent/contracts';
import { CurrentActor } from '../platform/actor/current-actor.js';
import { Describe } from '../platform/http/describe.js';
import { IdParam } from '../platform/http/id-param.js';
import { MessageFeedbackRepository } from './message-feedback.repository.js';

/** Answers in the sessions of whoever is asking. */
@Controller('api/messages')
export class MessageController {
  constructor(
    private readonly feedbacks: MessageFeedbackRepository,
    private readonly actor: CurrentActor,
  ) {}

  @Put(':id/feedback')
  @HttpCode(204)
  @Describe('Rate an answer; another rating takes the place of an earlier one', {
    answers: { 204: null },
    problems: [404],
  })
  rate(@IdParam() id: string, @Body() { rating, content = null }: RateMessageDto): Promise<void> {
    return this.feedbacks.save(this.actor.user().userId, id, { rating, content });
  }

  @Delete(':id/feedback')
  @HttpCode(204)
  @Describe('Take back what one thought of an answer', { answers: { 204: null }, problems: [404] })
  takeBack(@IdParam() id: string): Promise<void> {
    return this.feedbacks.save(this.actor.user().userId, id, null);
  }
}
