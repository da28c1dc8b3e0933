import { Body, Controller, Delete, Get, HttpCode, Patch, Post, Req } from '@nestjs/common';
import { CreateUserDto, InvitedUserDto, UpdateUserDto, UserDetailsDto, UserListDto } from '@opsagent/contracts';
import type { Request } from 'express';
import { Describe } from '../platform/http/describe.js';
import { IdParam } from '../platform/http/id-param.js';
import { LinkedIdentities } from './oidc/linked-identities.js';
import { TwoFactorService } from './two-factor/two-factor.service.js';
import { UserService } from './user.service.js';

/** The users of the console. */
@Controller('api/users')
export class UserController {
  constructor(
    private readonly users: UserService,
    private readonly twoFactor: TwoFactorService,
    private readonly identities: LinkedIdentities,
  ) {}

  @Get()
  @Describe('List the users', { answers: { 200: UserListDto } })
  list(): Promise<UserListDto> {
    return this.users.list();
  }

  @Post()
  @Describe('Invite a user', {
    answers: { 201: InvitedUserDto },
    problems: [409],
    details: 'The invitation holds for seven days; until it is accepted the user cannot sign in.',
  })
  create(@Body() input: CreateUserDto): Promise<InvitedUserDto> {
    return this.users.create(input);
  }

  @Get(':id')
  @Describe('Read a user', { answers: { 200: UserDetailsDto }, problems: [404] })
  get(@IdParam() id: string): Promise<UserDetailsDto> {
    return this.users.get(id);
  }

  @Patch(':id')
  @Describe('Change a user’s role, or switch a user off or on', {
    answers: { 200: UserDetailsDto },
    problems: [404, 409],
    details: 'It counts at once, on every process. One active administrator who can sign in always remains.',
  })
  update(@IdParam() id: string, @Body() input: UpdateUserDto): Promise<UserDetailsDto> {
    return this.users.update(id, input);
  }

  @Post(':id/invitation')
  @Describe('Invite a user again, or let a lost password be chosen anew', {
    answers: { 201: InvitedUserDto },
    problems: [404],
    details: 'An earlier invitation no longer holds.',
  })
  invite(@IdParam() id: string): Promise<InvitedUserDto> {
    return this.users.invite(id);
  }

  @Post(':id/sign-out')
  @HttpCode(204)
  @Describe('Sign a user out everywhere', { answers: { 204: null }, problems: [404] })
  signOut(@IdParam() id: string): Promise<void> {
    return this.users.signOut(id);
  }

  @Delete(':id/totp')
  @HttpCode(204)
  @Describe('Take a user’s second factor away', {
    answers: { 204: null },
    problems: [404, 409],
    details: 'For a user who has lost the authenticator app and the recovery codes: the password alone signs in then.',
  })
  resetTotp(@IdParam() id: string): Promise<void> {
    return this.twoFactor.reset(id);
  }

  @Delete(':id/identities')
  @HttpCode(204)
  @Describe('Unlink a user’s provider account', {
    answers: { 204: null },
    problems: [404, 409],
    details:
      'The user is signed out everywhere, and comes back by a password or a new invitation. One’s own stays where it is the only way in.',
  })
  unlinkIdentities(@IdParam() id: string, @Req() request: Request): Promise<void> {
    return this.identities.unlinkOf(id, request);
  }
}
