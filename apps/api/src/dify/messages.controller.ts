import { Get, Req } from '@nestjs/common';
import type { Request } from 'express';
import { Conversations } from '../session/conversations.js';
import { EndUserFeedbacks } from '../session/end-user-feedbacks.repository.js';
import type { App } from './apps/app.entity.js';
import { EndUsers } from './end-users/end-users.js';
import { Suggester } from './suggestions/suggester.js';
import { FileAddresses } from './files/file-addresses.js';
import { DescribeDify, DifyController } from './wire/dify-controller.js';
import { DifyError, InvalidParam } from './wire/dify-error.js';
import { DifyMessagePage, toMessage } from './wire/message.js';
import { DifyMessageQuery } from './wire/page-query.js';
import { DifySuggestionQuery, DifySuggestions } from './wire/suggestions.js';
import { optionalId, queryLimit, queryText, queryUser, requiredUser } from './wire/read.js';
import { CalledApp, PathId } from './wire/request.js';

const SWITCHED_OFF = 'app_suggested_questions_after_answer_disabled';

/** What was said in a conversation. */
@DifyController('v1/messages')
export class MessagesController {
  constructor(
    private readonly conversations: Conversations,
    private readonly feedbacks: EndUserFeedbacks,
    private readonly suggester: Suggester,
    private readonly endUsers: EndUsers,
    private readonly addresses: FileAddresses,
  ) {}

  @Get()
  @DescribeDify('List the messages of a conversation', {
    operationId: 'messages_list',
    query: DifyMessageQuery,
    answers: { 200: DifyMessagePage },
    problems: [400, 404],
  })
  async list(@CalledApp() app: App, @Req() request: Request): Promise<DifyMessagePage> {
    const given = queryText(request, 'conversation_id');
    if (given === undefined) throw new InvalidParam('conversation_id is required.');
    const owner = this.endUsers.ownerOf(app.id, queryUser(request));
    const limit = queryLimit(request);
    const beforeId = optionalId(queryText(request, 'first_id'), 'first_id');
    const conversationId = optionalId(given, 'conversation_id');
    if (conversationId === null) return { limit, has_more: false, data: [] };
    const { items, hasMore } = await this.conversations.messages(owner, conversationId, { beforeId, limit });
    const ratings = await this.feedbacks.ratingsOf(
      owner,
      items.map(({ id }) => id),
    );
    const data = items.map((row) =>
      toMessage(row, app.mode, ratings.get(row.id), (file) => this.addresses.of(file, request)),
    );
    return { limit, has_more: hasMore, data };
  }

  @Get(':message_id/suggested')
  @DescribeDify('Suggest questions that may follow an answer', {
    operationId: 'messages_suggest',
    query: DifySuggestionQuery,
    answers: { 200: DifySuggestions },
    problems: [400, 404],
  })
  async suggest(
    @CalledApp() app: App,
    @PathId('message_id') messageId: string,
    @Req() request: Request,
  ): Promise<DifySuggestions> {
    const owner = this.endUsers.ownerOf(app.id, requiredUser(queryText(request, 'user')));
    if (!app.suggestsAfterAnswer) throw new DifyError(403, SWITCHED_OFF, 'Suggested Questions Is Disabled.');
    return { result: 'success', data: await this.suggester.after(app, owner, messageId) };
  }
}
