import { Injectable, Logger } from '@nestjs/common';
import type { OidcFailure } from '@opsagent/contracts';
import type { Request, Response } from 'express';
import { TooManySignIns } from '../identity.errors.js';
import { RefusedSignIns } from '../refused-sign-ins.js';
import { SignInLimits } from '../sign-in-limits.js';
import { SignInService } from '../sign-in.service.js';
import { IdentityProvider, type ProvenIdentity, type SignInChecks } from './identity-provider.js';
import { localPath } from './local-path.js';
import { OidcAccounts } from './oidc-accounts.js';
import { LinkNeeded, OidcOff, OidcRefused } from './oidc.errors.js';
import { PendingLinks } from './pending-links.js';
import { type SealedCookie, SealedCookies } from './sealed-cookies.js';

const FLOW: SealedCookie = { name: 'flow', sameSite: 'lax' };

/** What is no attempt to get in: nothing to write into the audit log. */
const HARMLESS: readonly OidcFailure[] = ['cancelled', 'unreachable', 'too_many', 'failed', 'link'];

/** The provider decides how long an address or a subject is. */
const LONGEST_NAME = 254;

interface Flow extends SignInChecks {
  readonly returnTo: string;
}

/** Signs browsers in by the identity provider; whatever happens, they end at a page of the console. */
@Injectable()
export class OidcSignIns {
  private readonly logger = new Logger(OidcSignIns.name);

  constructor(
    private readonly provider: IdentityProvider,
    private readonly accounts: OidcAccounts,
    private readonly signIns: SignInService,
    private readonly links: PendingLinks,
    private readonly cookies: SealedCookies,
    private readonly limits: SignInLimits,
    private readonly refused: RefusedSignIns,
  ) {}

  /** @returns where to send the browser @throws OidcOff */
  async begin(request: Request, response: Response): Promise<string> {
    this.requireOn();
    const returnTo = localPath(request.query['return']);
    try {
      const { url, checks } = await this.provider.begin();
      this.cookies.hand(FLOW, { ...checks, returnTo } satisfies Flow, request, response);
      return url;
    } catch (error) {
      return signInPage(this.failureOf(error), returnTo);
    }
  }

  /** @returns where to send the browser @throws OidcOff */
  async finish(request: Request, response: Response): Promise<string> {
    this.requireOn();
    const flow = this.cookies.take<Flow>(FLOW, request, response);
    let proven: ProvenIdentity | undefined;
    try {
      await this.limits.takeOf(request.ip ?? '');
      const query = queryOf(request);
      if (flow === null || new URLSearchParams(query).get('state') !== flow.state) throw new OidcRefused('expired');
      proven = await this.provider.finish(query, flow);
      const user = await this.accounts.userOf(proven);
      await this.signIns.open(user, request, response, { issuer: proven.issuer });
      return flow.returnTo;
    } catch (error) {
      if (error instanceof LinkNeeded && proven) this.links.keep(proven, request, response);
      const failure = this.failureOf(error);
      await this.writeDown(failure, proven, request);
      return signInPage(failure, flow?.returnTo ?? '/');
    }
  }

  private requireOn(): void {
    if (this.provider.name === null) throw new OidcOff();
  }

  private failureOf(error: unknown): OidcFailure {
    if (error instanceof OidcRefused) return error.failure;
    if (error instanceof TooManySignIns) return 'too_many';
    this.logger.error(error);
    return 'failed';
  }

  private async writeDown(failure: OidcFailure, proven: ProvenIdentity | undefined, { ip = '' }: Request) {
    if (HARMLESS.includes(failure)) return;
    const who = proven?.email ?? proven?.subject ?? this.provider.name ?? '';
    await this.refused.record(who.slice(0, LONGEST_NAME), null, ip);
  }
}

function signInPage(failure: OidcFailure, returnTo: string): string {
  const query = new URLSearchParams({ oidc: failure, ...(returnTo !== '/' && { return: returnTo }) });
  return `/login?${query.toString()}`;
}

function queryOf({ originalUrl }: Request): string {
  const from = originalUrl.indexOf('?');
  return from < 0 ? '' : originalUrl.slice(from);
}
