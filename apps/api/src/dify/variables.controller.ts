import { Get, Put, Req } from '@nestjs/common';
import type { Request } from 'express';
import { Conversations } from '../session/conversations.js';
import type { App } from './apps/app.entity.js';
import { EndUsers } from './end-users/end-users.js';
import { DescribeDify, DifyController } from './wire/dify-controller.js';
import { DifyNotFound, InvalidParam } from './wire/dify-error.js';
import { type JsonObject, optionalId, optionalUser, queryLimit, queryText, queryUser } from './wire/read.js';
import { CalledApp, JsonBodyOf, PathId } from './wire/request.js';
import { checkVariableName, DifyVariablePage, DifyVariableQuery, DifyVariableRequest } from './wire/variable.js';

/** The variables of conversations: none, since only workflows have them. */
@DifyController('v1/conversations/:conversation_id/variables')
export class VariablesController {
  constructor(
    private readonly conversations: Conversations,
    private readonly endUsers: EndUsers,
  ) {}

  @Get()
  @DescribeDify('List the variables of a conversation', {
    operationId: 'conversation_variables_list',
    query: DifyVariableQuery,
    answers: { 200: DifyVariablePage },
    problems: [400, 404],
  })
  async list(
    @CalledApp() app: App,
    @PathId('conversation_id') id: string,
    @Req() request: Request,
  ): Promise<DifyVariablePage> {
    const owner = this.endUsers.ownerOf(app.id, queryUser(request));
    const limit = queryLimit(request);
    optionalId(queryText(request, 'last_id'), 'last_id');
    checkVariableName(request);
    await this.conversations.get(owner, id);
    return { limit, has_more: false, data: [] };
  }

  @Put(':variable_id')
  @DescribeDify('Set a variable of a conversation', {
    operationId: 'conversation_variables_set',
    body: DifyVariableRequest,
    answers: { 200: DifyVariablePage },
    problems: [400, 404, 415],
  })
  async set(
    @CalledApp() app: App,
    @PathId('conversation_id') id: string,
    @PathId('variable_id') _variableId: string,
    @JsonBodyOf() body: JsonObject,
  ): Promise<never> {
    await this.conversations.get(this.endUsers.ownerOf(app.id, optionalUser(body['user'])), id);
    if (body['value'] === undefined) throw new InvalidParam('value is required.');
    throw new DifyNotFound('Conversation Variable Not Exists.');
  }
}
