import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import type { SetupDto, SetupStateDto } from '@opsagent/contracts';
import type { Request, Response } from 'express';
import { Environment } from '../platform/config/environment.js';
import { StartError } from '../platform/config/start-error.js';
import { StartupNotes } from '../platform/config/startup-notes.js';
import { FirstAdmin } from './first-admin.js';
import { EmailTaken, SetupDone, WrongSetupCode } from './identity.errors.js';
import { IdentityProvider } from './oidc/identity-provider.js';
import { PasswordSignIn } from './password-sign-in.js';
import { isPassword } from './password.js';
import { SetupCode } from './setup-code.js';
import { SignInLimits } from './sign-in-limits.js';
import { requireOwnOrigin } from './sign-in-cookie.js';
import { SignInService } from './sign-in.service.js';
import type { User } from './user.entity.js';
import { UserRepository } from './user.repository.js';

/** Brings an installation its first administrator, from the environment or from the set-up page. */
@Injectable()
export class SetupService implements OnApplicationBootstrap {
  private readonly logger = new Logger(SetupService.name);

  constructor(
    private readonly environment: Environment,
    private readonly notes: StartupNotes,
    private readonly users: UserRepository,
    private readonly firstAdmin: FirstAdmin,
    private readonly signIns: SignInService,
    private readonly code: SetupCode,
    private readonly limits: SignInLimits,
    private readonly provider: IdentityProvider,
    private readonly passwords: PasswordSignIn,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const { OPSAGENT_ADMIN_EMAIL: email, OPSAGENT_ADMIN_PASSWORD: password, OPSAGENT_AUTH: auth } = this.environment;
    const isNamed = email !== undefined && password !== undefined && (await this.isAdminOfEnvironment(email, password));
    const hasAdmin = await this.users.hasAdmin();
    if (auth === 'off')
      this.notes.add('Sign-in: none. OPSAGENT_AUTH=off lets everybody on this machine act as administrator.');
    else if (hasAdmin && !this.passwords.isOn)
      this.notes.add(`Sign-in: in the console, with ${this.provider.name ?? ''} alone; passwords are switched off.`);
    else if (hasAdmin)
      this.notes.add(`Sign-in: in the console, with your e-mail address${isNamed ? ` (${email})` : ''} and password.`);
    else
      this.notes.add(
        `Sign-in: open the address above and set up the administrator with the one-time code ${this.code.renew()}`,
      );
  }

  async state(): Promise<SetupStateDto> {
    const authentication = this.environment.OPSAGENT_AUTH === 'on';
    const needed = authentication && !(await this.users.hasAdmin());
    const environment = this.environment.OPSAGENT_ENVIRONMENT ?? null;
    const [oidc_name, password_sign_in] = [authentication ? this.provider.name : null, this.passwords.isOn];
    return { needed, authentication, environment, oidc_name, password_sign_in };
  }

  /** Creates the administrator and signs the browser in. @throws SetupDone, WrongSetupCode, TooManySignIns, CrossSite */
  async setUp({ code, email, password, name }: SetupDto, request: Request, response: Response): Promise<User> {
    requireOwnOrigin(request);
    if (await this.users.hasAdmin()) throw new SetupDone();
    await this.limits.takeOf(request.ip ?? '');
    if (!this.code.matches(code)) {
      // The next guesser meets another code; whoever reads the output finds it there.
      if (this.code.isWornOut) this.logger.warn(`Too many wrong codes. The one-time code is now ${this.code.renew()}`);
      throw new WrongSetupCode();
    }
    const user = await this.firstAdmin.create(email.trim(), password, name?.trim());
    await this.signIns.open(user, request, response);
    return user;
  }

  /** Makes the administrator of the environment where there is none yet; says so where another one was made before. */
  private async isAdminOfEnvironment(email: string, password: string): Promise<boolean> {
    if (!(await this.users.hasAdmin())) await this.createFromEnvironment(email, password);
    const user = await this.users.findByEmail(email);
    if (!(await isPassword(password, user?.passwordHash ?? null)))
      this.notes.add(
        'OPSAGENT_ADMIN_EMAIL and OPSAGENT_ADMIN_PASSWORD changed nothing: they count at the first start only. Take them away.',
      );
    return user !== null;
  }

  private async createFromEnvironment(email: string, password: string): Promise<void> {
    try {
      await this.firstAdmin.create(email, password);
    } catch (error) {
      if (error instanceof EmailTaken)
        throw new StartError(
          'OPSAGENT_ADMIN_EMAIL is the address of a user who is no administrator; name another one.',
        );
      // Another process on the same database was faster.
      if (!(error instanceof SetupDone)) throw error;
    }
  }
}
