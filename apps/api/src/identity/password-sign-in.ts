import { Injectable } from '@nestjs/common';
import { Environment } from '../platform/config/environment.js';
import { PasswordSignInOff } from './identity.errors.js';

/** Whether a password lets anybody in here, or the identity provider alone. */
@Injectable()
export class PasswordSignIn {
  readonly isOn: boolean;

  constructor({ OPSAGENT_PASSWORD_SIGN_IN: setting }: Environment) {
    this.isOn = setting === 'on';
  }

  /** @throws PasswordSignInOff */
  require(): void {
    if (!this.isOn) throw new PasswordSignInOff();
  }
}
