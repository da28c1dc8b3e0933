import { Controller, Get, Req } from '@nestjs/common';
import { MeDto } from '@opsagent/contracts';
import type { Request } from 'express';
import { CurrentActor } from '../platform/actor/current-actor.js';
import { Environment } from '../platform/config/environment.js';
import { Describe } from '../platform/http/describe.js';
import { isSecureTransport } from './sign-in-cookie.js';
import { SecondFactor } from './two-factor/second-factor.js';

/** Whoever is asking. */
@Controller('api/me')
export class MeController {
  constructor(
    private readonly actor: CurrentActor,
    private readonly environment: Environment,
    private readonly secondFactor: SecondFactor,
  ) {}

  @Get()
  @Describe('Tell who is asking', { answers: { 200: MeDto } })
  async get(@Req() request: Request): Promise<MeDto> {
    const { userId, name, role, credential } = this.actor.user();
    return {
      user: { id: userId, email: name, role },
      credential,
      has_totp: await this.secondFactor.isOn(userId),
      environment: this.environment.OPSAGENT_ENVIRONMENT ?? null,
      insecure_transport: !isSecureTransport(request),
    };
  }
}
