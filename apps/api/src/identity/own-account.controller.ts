import { Body, Controller, Delete, Get, HttpCode, Post, Put, Req } from '@nestjs/common';
import { ChangePasswordDto, SignInListDto } from '@opsagent/contracts';
import type { Request } from 'express';
import { Describe } from '../platform/http/describe.js';
import { IdParam } from '../platform/http/id-param.js';
import { OwnAccountService } from './own-account.service.js';

/** The account of whoever is asking. */
@Controller('api/me')
export class OwnAccountController {
  constructor(private readonly account: OwnAccountService) {}

  @Put('password')
  @HttpCode(204)
  @Describe('Change one’s own password', {
    answers: { 204: null },
    details: 'Every other browser is signed out; personal tokens stay.',
  })
  changePassword(@Body() input: ChangePasswordDto, @Req() request: Request): Promise<void> {
    return this.account.changePassword(input, request);
  }

  @Get('sign-ins')
  @Describe('List one’s own sign-ins', { answers: { 200: SignInListDto } })
  list(@Req() request: Request): Promise<SignInListDto> {
    return this.account.listSignIns(request);
  }

  @Post('sign-ins/end-others')
  @HttpCode(204)
  @Describe('Sign out everywhere else', { answers: { 204: null } })
  endOthers(@Req() request: Request): Promise<void> {
    return this.account.endOtherSignIns(request);
  }

  @Delete('sign-ins/:id')
  @HttpCode(204)
  @Describe('End a sign-in of one’s own', { answers: { 204: null }, problems: [404] })
  end(@IdParam() id: string): Promise<void> {
    return this.account.endSignIn(id);
  }
}
