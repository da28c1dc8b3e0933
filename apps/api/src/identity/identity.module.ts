import { Global, Module } from '@nestjs/common';
import { Authenticator } from '../platform/actor/authenticator.js';
import { AuthController } from './auth.controller.js';
import { FirstAdmin } from './first-admin.js';
import { InvitationRepository } from './invitation.repository.js';
import { KnownCredentials } from './known-credentials.js';
import { KnownUsers } from './known-users.js';
import { MeController } from './me.controller.js';
import { IdentityProvider } from './oidc/identity-provider.js';
import { IdentityController } from './oidc/identity.controller.js';
import { LinkedIdentities } from './oidc/linked-identities.js';
import { OidcController } from './oidc/oidc.controller.js';
import { OidcAccounts } from './oidc/oidc-accounts.js';
import { OidcSignIns } from './oidc/oidc-sign-ins.js';
import { OpenidClientAdapter } from './oidc/openid-client.adapter.js';
import { PasswordSignIn } from './password-sign-in.js';
import { PendingLinks } from './oidc/pending-links.js';
import { SealedCookies } from './oidc/sealed-cookies.js';
import { UserIdentityRepository } from './oidc/user-identity.repository.js';
import { OpenRequests } from './open-requests.js';
import { OwnAccountController } from './own-account.controller.js';
import { OwnAccountService } from './own-account.service.js';
import { RefusedSignIns } from './refused-sign-ins.js';
import { RequestAuthenticator } from './request-authenticator.adapter.js';
import { RoleController } from './role.controller.js';
import { SetupCode } from './setup-code.js';
import { SetupController } from './setup.controller.js';
import { SetupService } from './setup.service.js';
import { SignInLimits } from './sign-in-limits.js';
import { SignInRepository } from './sign-in.repository.js';
import { SignInService } from './sign-in.service.js';
import { TokenController } from './token.controller.js';
import { TokenService } from './token.service.js';
import { SecondFactor } from './two-factor/second-factor.js';
import { TwoFactorController } from './two-factor/two-factor.controller.js';
import { TwoFactorRepository } from './two-factor/two-factor.repository.js';
import { TwoFactorService } from './two-factor/two-factor.service.js';
import { UserController } from './user.controller.js';
import { UserRepository } from './user.repository.js';
import { UserService } from './user.service.js';
import { UserTokenRepository } from './user-token.repository.js';

/** Accounts, sign-ins and personal tokens; the platform's guard reaches it through `Authenticator`. */
@Global()
@Module({
  controllers: [
    AuthController,
    MeController,
    OwnAccountController,
    SetupController,
    TokenController,
    TwoFactorController,
    OidcController,
    IdentityController,
    RoleController,
    UserController,
  ],
  providers: [
    { provide: Authenticator, useClass: RequestAuthenticator },
    { provide: IdentityProvider, useClass: OpenidClientAdapter },
    FirstAdmin,
    InvitationRepository,
    KnownCredentials,
    KnownUsers,
    OpenRequests,
    LinkedIdentities,
    OidcAccounts,
    OidcSignIns,
    OwnAccountService,
    PasswordSignIn,
    PendingLinks,
    SealedCookies,
    SetupCode,
    SetupService,
    RefusedSignIns,
    SecondFactor,
    SignInLimits,
    SignInRepository,
    SignInService,
    TokenService,
    TwoFactorRepository,
    TwoFactorService,
    UserIdentityRepository,
    UserRepository,
    UserService,
    UserTokenRepository,
  ],
  exports: [Authenticator],
})
export class IdentityModule {}
