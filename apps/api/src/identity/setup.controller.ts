import { Body, Controller, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import { SetupDto, SetupStateDto, UserDto } from '@opsagent/contracts';
import type { Request, Response } from 'express';
import { Describe } from '../platform/http/describe.js';
import { SetupService } from './setup.service.js';
import { toUserDto } from './user.mapper.js';

/** The first run of an installation. */
@Controller('api/setup')
export class SetupController {
  constructor(private readonly setup: SetupService) {}

  @Get()
  @Describe('Tell whether the first administrator is still missing', { answers: { 200: SetupStateDto } })
  state(): Promise<SetupStateDto> {
    return this.setup.state();
  }

  @Post()
  @HttpCode(201)
  @Describe('Create the first administrator and sign in', { answers: { 201: UserDto }, problems: [403, 409, 429] })
  async create(
    @Body() input: SetupDto,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<UserDto> {
    return toUserDto(await this.setup.setUp(input, request, response));
  }
}
