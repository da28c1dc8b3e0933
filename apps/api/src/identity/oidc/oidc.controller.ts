import { Controller, Get, Redirect, Req, Res } from '@nestjs/common';
import { OidcCallbackQueryDto, OidcStartQueryDto } from '@opsagent/contracts';
import type { Request, Response } from 'express';
import { Describe } from '../../platform/http/describe.js';
import { OidcSignIns } from './oidc-sign-ins.js';

/** Signing in by an OpenID Connect provider; a browser is sent through, no program calls this. */
@Controller('api/auth/oidc')
export class OidcController {
  constructor(private readonly signIns: OidcSignIns) {}

  @Get()
  @Redirect()
  @Describe('Send the browser to the OpenID Connect provider', {
    answers: { 302: null },
    problems: [404],
    query: OidcStartQueryDto,
    details: 'Where the provider cannot be reached, the browser is sent to the sign-in page.',
  })
  async begin(@Req() request: Request, @Res({ passthrough: true }) response: Response): Promise<{ url: string }> {
    return { url: await this.signIns.begin(request, response) };
  }

  @Get('callback')
  @Redirect()
  @Describe('Sign in whom the OpenID Connect provider sends back', {
    answers: { 302: null },
    problems: [404],
    query: OidcCallbackQueryDto,
    details:
      'Sets the sign-in cookie and opens the page that was asked for; a refused one is sent to the sign-in page, whose query names the reason.',
  })
  async finish(@Req() request: Request, @Res({ passthrough: true }) response: Response): Promise<{ url: string }> {
    return { url: await this.signIns.finish(request, response) };
  }
}
