import { Injectable, type OnModuleInit } from '@nestjs/common';
import { LimitSubjects } from '../platform/limits/limit-subjects.js';
import { labelOf } from './user-label.js';
import { UserRepository } from './user.repository.js';

/** Tells whoever limits users what they are called and which roles they have. */
@Injectable()
export class UsersOfLimits implements OnModuleInit {
  constructor(
    private readonly subjects: LimitSubjects,
    private readonly users: UserRepository,
  ) {}

  onModuleInit(): void {
    const users = (ids: readonly string[]) => this.users.briefly(ids);
    this.subjects.register('user', async (ids) => new Map((await users(ids)).map((user) => [user.id, labelOf(user)])));
    this.subjects.registerRoles(async (ids) => new Map((await users(ids)).map(({ id, role }) => [id, role])));
  }
}
