import { Injectable } from '@nestjs/common';
import type { LimitKind, Role } from '@opsagent/contracts';

type Names = (ids: readonly string[]) => Promise<ReadonlyMap<string, string>>;

/** What the subjects of limits are called: the features that have them say so. */
@Injectable()
export class LimitSubjects {
  private readonly names = new Map<LimitKind, Names>();
  private roles: (userIds: readonly string[]) => Promise<ReadonlyMap<string, Role>> = () =>
    Promise.resolve(new Map<string, Role>());

  /** @param names of those that exist, by id; others are left out */
  register(kind: LimitKind, names: Names): void {
    this.names.set(kind, names);
  }

  registerRoles(roles: LimitSubjects['rolesOf']): void {
    this.roles = roles;
  }

  /** The roles of those of these users that exist. */
  rolesOf(userIds: readonly string[]): Promise<ReadonlyMap<string, Role>> {
    return this.roles(userIds);
  }

  /** The names of those of these that exist. */
  async namesOf(kind: LimitKind, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
    if (ids.length === 0) return new Map();
    return (await this.names.get(kind)?.(ids)) ?? new Map<string, string>();
  }
}
