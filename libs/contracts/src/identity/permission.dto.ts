import { ListOf, Text, Whole, WordList } from '../field/fields.js';
import { ROLE, type Role } from './role.js';

/** A permission, and who has it. */
export class PermissionDto {
  @Text({ description: 'Names the permission: what it is about, and what may be done with that.' })
  id!: string;

  @WordList(ROLE, { description: 'The roles that have it.' })
  roles!: Role[];
}

/** What each role may do, as the server enforces it. */
export class PermissionListDto {
  @ListOf(() => PermissionDto, { description: 'The permissions.' })
  items!: PermissionDto[];

  @Whole({ min: 0, description: 'How many there are in all.' })
  total!: number;
}
