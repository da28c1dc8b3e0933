import { Body, Controller, HttpCode, Post, Req, Res } from '@nestjs/common';
import { AcceptInvitationDto, LoginDto, UserDto } from '@opsagent/contracts';
import type { Request, Response } from 'express';
import { Describe } from '../platform/http/describe.js';
import { OwnAccountService } from './own-account.service.js';
import { SignInService } from './sign-in.service.js';
import { toUserDto } from './user.mapper.js';

/** Signing in and out. */
@Controller('api/auth')
export class AuthController {
  constructor(
    private readonly signIns: SignInService,
    private readonly account: OwnAccountService,
  ) {}

  @Post('login')
  @HttpCode(200)
  @Describe('Sign in', {
    answers: { 200: UserDto },
    problems: [401, 403, 429],
    details:
      'Sets the sign-in cookie. Where the account asks for a second factor, a right password without `code` answers 401 with the code `identity/second-factor-needed`, and a wrong one `identity/wrong-second-factor`. Too many attempts of one address or for one account are refused for some minutes.',
  })
  async login(
    @Body() input: LoginDto,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<UserDto> {
    return toUserDto(await this.signIns.signIn(input, request, response));
  }

  @Post('invitation')
  @HttpCode(200)
  @Describe('Accept an invitation', {
    answers: { 200: UserDto },
    problems: [403],
    details:
      'Gives the user a password, ends what was signed in before, and sets the sign-in cookie. An account with a second factor signs in afterwards.',
  })
  async accept(
    @Body() input: AcceptInvitationDto,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<UserDto> {
    return toUserDto(await this.account.accept(input, request, response));
  }

  @Post('logout')
  @HttpCode(204)
  @Describe('Sign out', { answers: { 204: null } })
  logout(@Req() request: Request, @Res({ passthrough: true }) response: Response): Promise<void> {
    return this.signIns.signOut(request, response);
  }
}
