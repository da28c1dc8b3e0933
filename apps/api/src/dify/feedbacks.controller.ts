import { Get, HttpCode, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import { EndUserFeedbacks } from '../session/end-user-feedbacks.repository.js';
import type { App } from './apps/app.entity.js';
import { EndUsers } from './end-users/end-users.js';
import { DifyResult } from './wire/chat-events.js';
import { DescribeDify, DifyController } from './wire/dify-controller.js';
import { InvalidParam } from './wire/dify-error.js';
import { DifyFeedbackPage, DifyFeedbackQuery, DifyFeedbackRequest, readFeedback, toFeedback } from './wire/feedback.js';
import { type JsonObject, queryLimit, queryNumber, requiredUser } from './wire/read.js';
import { CalledApp, JsonBodyOf, PathId } from './wire/request.js';

const MOST_PAGES = 1_000_000;

/** What the app's end users think of its answers. */
@DifyController('v1')
export class FeedbacksController {
  constructor(
    private readonly feedbacks: EndUserFeedbacks,
    private readonly endUsers: EndUsers,
  ) {}

  @Post('messages/:message_id/feedbacks')
  @HttpCode(200)
  @DescribeDify('Rate an answer; another rating takes the place of an earlier one', {
    operationId: 'message_feedbacks_give',
    body: DifyFeedbackRequest,
    answers: { 200: DifyResult },
    problems: [400, 404, 415],
  })
  async rate(
    @CalledApp() app: App,
    @PathId('message_id') messageId: string,
    @JsonBodyOf() body: JsonObject,
  ): Promise<DifyResult> {
    const owner = this.endUsers.ownerOf(app.id, requiredUser(body['user']));
    const feedback = readFeedback(body);
    if (feedback !== null) await this.feedbacks.save(owner, messageId, feedback);
    else if (!(await this.feedbacks.takeBack(owner, messageId)))
      throw new InvalidParam('rating cannot be None when feedback not exists');
    return { result: 'success' };
  }

  @Get('app/feedbacks')
  @DescribeDify("List what the app's users think of its answers", {
    operationId: 'app_feedbacks',
    query: DifyFeedbackQuery,
    answers: { 200: DifyFeedbackPage },
    problems: [400],
  })
  async list(@CalledApp() app: App, @Req() request: Request): Promise<DifyFeedbackPage> {
    const page = queryNumber(request, 'page', { otherwise: 1, most: MOST_PAGES });
    const limit = queryLimit(request, 101);
    const given = await this.feedbacks.ofApp(app.id, { skip: (page - 1) * limit, limit });
    return { data: given.map((one) => toFeedback(app.id, one)) };
  }
}
