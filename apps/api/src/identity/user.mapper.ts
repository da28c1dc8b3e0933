import type { UserDto } from '@opsagent/contracts';
import type { User } from './user.entity.js';

/** An account in the wire's names. */
export function toUserDto({ id, email, role }: User): UserDto {
  return { id, email, role };
}
