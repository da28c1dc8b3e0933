import { Global, Module } from '@nestjs/common';
import { Authenticator } from '../platform/actor/authenticator.js';
import { AuthController } from './auth.controller.js';
import { FirstAdmin } from './first-admin.js';
import { KnownCredentials } from './known-credentials.js';
import { MeController } from './me.controller.js';
import { RequestAuthenticator } from './request-authenticator.adapter.js';
import { SetupCode } from './setup-code.js';
import { SetupController } from './setup.controller.js';
import { SetupService } from './setup.service.js';
import { SignInRepository } from './sign-in.repository.js';
import { SignInService } from './sign-in.service.js';
import { TokenController } from './token.controller.js';
import { TokenService } from './token.service.js';
import { UserRepository } from './user.repository.js';
import { UserTokenRepository } from './user-token.repository.js';

/** Accounts, sign-ins and personal tokens; the platform's guard reaches it through `Authenticator`. */
@Global()
@Module({
  controllers: [AuthController, MeController, SetupController, TokenController],
  providers: [
    { provide: Authenticator, useClass: RequestAuthenticator },
    FirstAdmin,
    KnownCredentials,
    SetupCode,
    SetupService,
    SignInRepository,
    SignInService,
    TokenService,
    UserRepository,
    UserTokenRepository,
  ],
  exports: [Authenticator],
})
export class IdentityModule {}
