import { Delete, Get, HttpCode, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import { Conversations } from '../session/conversations.js';
import type { App } from './apps/app.entity.js';
import { EndUsers } from './end-users/end-users.js';
import { Namer } from './naming/namer.js';
import { DifyOptionalUserRequest, DifyRenameRequest } from './wire/chat-request.js';
import { DifyConversation, DifyConversationPage, toConversation } from './wire/conversation.js';
import { DescribeDify, DifyController } from './wire/dify-controller.js';
import { DifyConversationQuery, querySort } from './wire/page-query.js';
import { type JsonObject, optionalId, optionalUser, queryLimit, queryText, queryUser } from './wire/read.js';
import { readRename } from './wire/rename-call.js';
import { CalledApp, JsonBodyOf, PathId } from './wire/request.js';

/** The conversations of an app's end users. */
@DifyController('v1/conversations')
export class ConversationsController {
  constructor(
    private readonly conversations: Conversations,
    private readonly endUsers: EndUsers,
    private readonly namer: Namer,
  ) {}

  @Get()
  @DescribeDify('List conversations', {
    operationId: 'conversations_list',
    query: DifyConversationQuery,
    answers: { 200: DifyConversationPage },
    problems: [400, 404],
  })
  async list(@CalledApp() app: App, @Req() request: Request): Promise<DifyConversationPage> {
    const owner = this.endUsers.ownerOf(app.id, queryUser(request));
    const limit = queryLimit(request);
    const sort = querySort(request);
    const afterId = optionalId(queryText(request, 'last_id'), 'last_id');
    const { items, hasMore } = await this.conversations.page(owner, { afterId, limit, sort });
    return { limit, has_more: hasMore, data: items.map((row) => toConversation(row, app.openingStatement)) };
  }

  @Delete(':conversation_id')
  @HttpCode(204)
  @DescribeDify('Delete a conversation', {
    operationId: 'conversations_delete',
    body: DifyOptionalUserRequest,
    answers: { 204: null },
    problems: [400, 404, 415],
  })
  async delete(
    @CalledApp() app: App,
    @PathId('conversation_id') id: string,
    @JsonBodyOf() body: JsonObject,
  ): Promise<void> {
    await this.conversations.deleteForGood(this.endUsers.ownerOf(app.id, optionalUser(body['user'])), id);
  }

  @Post(':conversation_id/name')
  @HttpCode(200)
  @DescribeDify('Rename a conversation', {
    operationId: 'conversations_rename',
    body: DifyRenameRequest,
    answers: { 200: DifyConversation },
    problems: [400, 404, 415],
  })
  async rename(
    @CalledApp() app: App,
    @PathId('conversation_id') id: string,
    @JsonBodyOf() body: JsonObject,
  ): Promise<DifyConversation> {
    const owner = this.endUsers.ownerOf(app.id, optionalUser(body['user']));
    const { name } = readRename(body);
    const newName = name ?? (await this.namer.titleOf(id, app, owner));
    const row = await this.conversations.rename(owner, id, newName, name !== null);
    return toConversation(row, app.openingStatement);
  }
}
