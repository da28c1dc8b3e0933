import { Get } from '@nestjs/common';
import type { App } from './apps/app.entity.js';
import { EndUsers } from './end-users/end-users.js';
import { DescribeDify, DifyController } from './wire/dify-controller.js';
import { DifyError } from './wire/dify-error.js';
import { DifyEndUser, toEndUser } from './wire/end-user.js';
import { CalledApp, PathId } from './wire/request.js';

/** Whom an app's clients speak for. */
@DifyController('v1/end-users')
export class EndUsersController {
  constructor(private readonly endUsers: EndUsers) {}

  @Get(':end_user_id')
  @DescribeDify('Get an end user', {
    operationId: 'end_users_get',
    answers: { 200: DifyEndUser },
    problems: [404],
  })
  async get(@CalledApp() app: App, @PathId('end_user_id') id: string): Promise<DifyEndUser> {
    const endUser = await this.endUsers.find(app.id, id);
    if (endUser === null) throw new DifyError(404, 'end_user_not_found', 'End user not found.');
    return toEndUser(endUser);
  }
}
