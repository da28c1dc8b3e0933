import { Controller, Delete, Get, HttpCode, Req } from '@nestjs/common';
import { UserIdentityListDto } from '@opsagent/contracts';
import type { Request } from 'express';
import { Describe } from '../../platform/http/describe.js';
import { LinkedIdentities } from './linked-identities.js';

/** The accounts at OpenID Connect providers that sign one in. */
@Controller('api/me/identities')
export class IdentityController {
  constructor(private readonly identities: LinkedIdentities) {}

  @Get()
  @Describe('List the provider accounts that sign one in', { answers: { 200: UserIdentityListDto } })
  listIdentities(): Promise<UserIdentityListDto> {
    return this.identities.listOwn();
  }

  @Delete()
  @HttpCode(204)
  @Describe('Unlink one’s own provider account', {
    answers: { 204: null },
    problems: [404, 409],
    details: 'Only where a password signs one in as well. Every other browser is signed out.',
  })
  unlinkIdentities(@Req() request: Request): Promise<void> {
    return this.identities.unlinkOwn(request);
  }
}
