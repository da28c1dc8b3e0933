import { Controller, Get } from '@nestjs/common';
import { PermissionListDto, ROLE } from '@opsagent/contracts';
import { AccessRules } from '../platform/actor/access.js';
import { Describe } from '../platform/http/describe.js';

/** What each role may do. */
@Controller('api/roles')
export class RoleController {
  constructor(private readonly rules: AccessRules) {}

  @Get()
  @Describe('List the permissions and the roles that have them', { answers: { 200: PermissionListDto } })
  list(): PermissionListDto {
    const items = Object.keys(this.rules.leastRole).map((id) => ({
      id,
      roles: ROLE.values.filter((role) => this.rules.allows(role, id)),
    }));
    return { items, total: items.length };
  }
}
