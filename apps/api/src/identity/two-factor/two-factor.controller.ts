import { Body, Controller, Delete, Get, HttpCode, Post, Req } from '@nestjs/common';
import {
  RecoveryCodesDto,
  RemoveTotpDto,
  StartTotpDto,
  TotpCodeDto,
  TotpSecretDto,
  TotpStateDto,
} from '@opsagent/contracts';
import type { Request } from 'express';
import { Describe } from '../../platform/http/describe.js';
import { TwoFactorService } from './two-factor.service.js';

/** The second factor of whoever is asking. */
@Controller('api/me/totp')
export class TwoFactorController {
  constructor(private readonly twoFactor: TwoFactorService) {}

  @Get()
  @Describe('Tell whether one’s own account asks for a second factor', { answers: { 200: TotpStateDto } })
  getTotp(): Promise<TotpStateDto> {
    return this.twoFactor.state();
  }

  @Post()
  @Describe('Start to set up a second factor', {
    answers: { 201: TotpSecretDto },
    problems: [409, 429],
    details: 'Answers the secret once. Nobody is asked for a code until one was confirmed.',
  })
  startTotp(@Body() { current_password }: StartTotpDto): Promise<TotpSecretDto> {
    return this.twoFactor.start(current_password);
  }

  @Post('confirm')
  @HttpCode(200)
  @Describe('Switch the second factor on', {
    answers: { 200: RecoveryCodesDto },
    problems: [409, 429],
    details: 'Answers ten recovery codes once. Every other browser is signed out.',
  })
  confirmTotp(@Body() { code }: TotpCodeDto, @Req() request: Request): Promise<RecoveryCodesDto> {
    return this.twoFactor.confirm(code, request);
  }

  @Post('recovery-codes')
  @HttpCode(200)
  @Describe('Make new recovery codes', {
    answers: { 200: RecoveryCodesDto },
    problems: [409, 429],
    details: 'Earlier ones no longer hold.',
  })
  renewRecoveryCodes(@Body() { code }: TotpCodeDto): Promise<RecoveryCodesDto> {
    return this.twoFactor.renewCodes(code);
  }

  @Delete()
  @HttpCode(204)
  @Describe('Switch the second factor off', { answers: { 204: null }, problems: [409, 429] })
  removeTotp(@Body() input: RemoveTotpDto): Promise<void> {
    return this.twoFactor.remove(input);
  }
}
