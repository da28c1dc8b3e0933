import { Body, Controller, Delete, Get, HttpCode, Post } from '@nestjs/common';
import { CreatedTokenDto, CreateTokenDto, TokenListDto } from '@opsagent/contracts';
import { Describe } from '../platform/http/describe.js';
import { IdParam } from '../platform/http/id-param.js';
import { TokenService } from './token.service.js';

/** The personal tokens of whoever is asking. */
@Controller('api/tokens')
export class TokenController {
  constructor(private readonly tokens: TokenService) {}

  @Get()
  @Describe('List one’s own personal tokens', { answers: { 200: TokenListDto } })
  list(): Promise<TokenListDto> {
    return this.tokens.list();
  }

  @Post()
  @Describe('Make a personal token', {
    answers: { 201: CreatedTokenDto },
    details: 'Its value is shown this once. It never does more than the role of its user allows at that moment.',
  })
  create(@Body() input: CreateTokenDto): Promise<CreatedTokenDto> {
    return this.tokens.create(input);
  }

  @Delete(':id')
  @HttpCode(204)
  @Describe('Delete a personal token', {
    answers: { 204: null },
    problems: [404],
    details: 'It stops working at once.',
  })
  delete(@IdParam() id: string): Promise<void> {
    return this.tokens.delete(id);
  }
}
