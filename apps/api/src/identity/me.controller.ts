import { Body, Controller, Get, Patch, Req } from '@nestjs/common';
import { MeDto, UpdateMeDto } from '@opsagent/contracts';
import type { Request } from 'express';
import { CurrentActor } from '../platform/actor/current-actor.js';
import { Environment } from '../platform/config/environment.js';
import { Describe } from '../platform/http/describe.js';
import { OwnAccountService } from './own-account.service.js';
import { PasswordSignIn } from './password-sign-in.js';
import { isSecureTransport } from './sign-in-cookie.js';
import { SecondFactor } from './two-factor/second-factor.js';
import { toUserDto } from './user.mapper.js';
import { UserRepository } from './user.repository.js';

/** Whoever is asking. */
@Controller('api/me')
export class MeController {
  constructor(
    private readonly actor: CurrentActor,
    private readonly environment: Environment,
    private readonly passwords: PasswordSignIn,
    private readonly secondFactor: SecondFactor,
    private readonly users: UserRepository,
    private readonly account: OwnAccountService,
  ) {}

  @Get()
  @Describe('Tell who is asking', { answers: { 200: MeDto } })
  async get(@Req() request: Request): Promise<MeDto> {
    const { userId, credential } = this.actor.user();
    const user = await this.users.getById(userId);
    return {
      user: toUserDto(user),
      credential,
      has_password: user.passwordHash !== null && this.passwords.isOn,
      has_totp: await this.secondFactor.isOn(userId),
      environment: this.environment.OPSAGENT_ENVIRONMENT ?? null,
      insecure_transport: !isSecureTransport(request),
    };
  }

  @Patch()
  @Describe('Change one’s own account', { answers: { 200: MeDto }, details: 'Only what is sent is changed.' })
  async update(@Body() input: UpdateMeDto, @Req() request: Request): Promise<MeDto> {
    await this.account.update(input);
    return this.get(request);
  }
}
