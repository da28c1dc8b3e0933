import { Injectable } from '@nestjs/common';
import type { Role } from '@opsagent/contracts';

type Roles = (userIds: readonly string[]) => Promise<ReadonlyMap<string, Role>>;

/** Whether users are still let in, and as what: whoever keeps the accounts says so, whoever works on behalf of users listens. */
@Injectable()
export class UserStanding {
  private roles: Roles = () => Promise.resolve(new Map<string, Role>());
  private readonly listeners: ((userId?: string) => void)[] = [];

  register(roles: Roles): void {
    this.roles = roles;
  }

  /** The roles of those of these users that are let in. */
  rolesOf(userIds: readonly string[]): Promise<ReadonlyMap<string, Role>> {
    return this.roles(userIds);
  }

  /** Calls `listener` when a user was changed, on whichever process; without an id it may have been anybody. */
  onChange(listener: (userId?: string) => void): void {
    this.listeners.push(listener);
  }

  changed(userId?: string): void {
    for (const listener of this.listeners) listener(userId);
  }
}
