import type { User } from './user.entity.js';

/** Who it is, for other people: the name alone could be anybody's. */
export function labelOf({ name, email }: Pick<User, 'name' | 'email'>): string {
  return name === null ? email : `${name} (${email})`;
}
