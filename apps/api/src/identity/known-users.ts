import { Injectable, type OnModuleInit } from '@nestjs/common';
import { UserStanding } from '../platform/actor/user-standing.js';
import { Environment } from '../platform/config/environment.js';
import { LimitSubjects } from '../platform/limits/limit-subjects.js';
import { labelOf } from './user-label.js';
import { UserRepository } from './user.repository.js';

/** Tells the platform what users are called, which roles they have and whether they are let in. */
@Injectable()
export class KnownUsers implements OnModuleInit {
  constructor(
    private readonly environment: Environment,
    private readonly subjects: LimitSubjects,
    private readonly standing: UserStanding,
    private readonly users: UserRepository,
  ) {}

  onModuleInit(): void {
    const users = (ids: readonly string[]) => this.users.briefly(ids);
    this.subjects.register('user', async (ids) => new Map((await users(ids)).map((user) => [user.id, labelOf(user)])));
    this.subjects.registerRoles(async (ids) => new Map((await users(ids)).map(({ id, role }) => [id, role])));
    const isTrial = this.environment.OPSAGENT_AUTH === 'off';
    this.standing.register(async (ids) =>
      isTrial ? new Map(ids.map((id) => [id, 'admin' as const])) : this.users.rolesOfActive(ids),
    );
  }
}
