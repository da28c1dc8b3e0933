import { Injectable, Logger } from '@nestjs/common';
import type * as OpenidClient from 'openid-client';
import { Environment } from '../../platform/config/environment.js';
import { StartupNotes } from '../../platform/config/startup-notes.js';
import { Outbound } from '../../platform/outbound/outbound.js';
import { guardedFetch, ProviderSilent } from './guarded-fetch.js';
import { IdentityProvider, type ProvenIdentity, type SignInChecks } from './identity-provider.js';
import { OidcRefused } from './oidc.errors.js';
import { bySecret, causesOf, identityOf, needsMore, wordsOf } from './provider-answers.js';

const CALLBACK = '/api/auth/oidc/callback';

/** Clocks of two machines are never the same. */
const CLOCK_TOLERANCE_S = 30;

/** OpenID Connect Core §2. */
const LONGEST_SUBJECT = 255;

/** What the provider says of itself is read again after an hour; its keys are, whenever an unknown one is used. */
const KEEP_MS = 60 * 60 * 1000;

type Client = typeof OpenidClient;

interface Discovered {
  readonly client: Client;
  readonly configuration: OpenidClient.Configuration;
  readonly until: number;
}

/** The provider that the environment names, by `openid-client`; both are reached at the first sign-in. */
@Injectable()
export class OpenidClientAdapter extends IdentityProvider {
  private readonly logger = new Logger(OpenidClientAdapter.name);
  private discovered: Promise<Discovered> | undefined;
  private readonly issuer: URL | null;

  constructor(
    private readonly environment: Environment,
    private readonly outbound: Outbound,
    notes: StartupNotes,
  ) {
    super();
    this.issuer = URL.parse(environment.OPSAGENT_OIDC_ISSUER ?? '');
    if (this.issuer === null || environment.OPSAGENT_AUTH === 'off') return;
    // The administrator named it in the environment, as they would in OPSAGENT_OUTBOUND_ALLOW.
    const { hostname, port, protocol } = this.issuer;
    outbound.allow(hostname.replace(/^\[|\]$/g, ''), Number(port || (protocol === 'https:' ? 443 : 80)));
    notes.addLater(() => this.note());
  }

  override get name(): string | null {
    return this.issuer && this.environment.OPSAGENT_AUTH === 'on' ? this.environment.OPSAGENT_OIDC_NAME : null;
  }

  override isIssuer(issuer: string): boolean {
    // Some write their own name with a slash at the end.
    return this.issuer !== null && URL.parse(issuer)?.href.replace(/\/$/, '') === this.issuer.href.replace(/\/$/, '');
  }

  override async begin(): Promise<{ url: string; checks: SignInChecks }> {
    const { client, configuration } = await this.discover();
    const checks = {
      state: client.randomState(),
      nonce: client.randomNonce(),
      verifier: client.randomPKCECodeVerifier(),
    };
    const url = client.buildAuthorizationUrl(configuration, {
      redirect_uri: this.ownUrl(CALLBACK).href,
      scope: this.environment.OPSAGENT_OIDC_SCOPES,
      state: checks.state,
      nonce: checks.nonce,
      code_challenge: await client.calculatePKCECodeChallenge(checks.verifier),
      code_challenge_method: 'S256',
    });
    return { url: url.href, checks };
  }

  override async finish(query: string, { state, nonce, verifier }: SignInChecks): Promise<ProvenIdentity> {
    const { client, configuration } = await this.discover();
    try {
      const tokens = await client.authorizationCodeGrant(configuration, this.ownUrl(CALLBACK + query), {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: verifier,
        idTokenExpected: true,
      });
      const token = tokens.claims();
      if (!token || token.sub.length > LONGEST_SUBJECT) throw new OidcRefused('refused');
      const more = needsMore(token, this.environment, configuration)
        ? await client.fetchUserInfo(configuration, tokens.access_token, token.sub)
        : {};
      return identityOf(token, more);
    } catch (error) {
      throw this.named(error, client);
    }
  }

  private async discover(): Promise<Discovered> {
    const kept = await this.discovered;
    if (kept && kept.until > performance.now()) return kept;
    this.discovered = this.read();
    // A failure is not worth keeping.
    this.discovered.catch(() => (this.discovered = undefined));
    return this.discovered;
  }

  private async read(): Promise<Discovered> {
    const client = await import('openid-client');
    const { OPSAGENT_OIDC_CLIENT_ID: id = '', OPSAGENT_OIDC_CLIENT_SECRET: secret } = this.environment;
    const issuer = this.issuer as URL;
    const execute = [client.enableNonRepudiationChecks];
    if (issuer.protocol === 'http:') execute.push(client.allowInsecureRequests);
    try {
      const metadata = { [client.clockTolerance]: CLOCK_TOLERANCE_S };
      const options = { [client.customFetch]: guardedFetch(this.outbound), execute };
      const auth = secret === undefined ? client.None() : bySecret(client, secret);
      const configuration = await client.discovery(issuer, id, metadata, auth, options);
      return { client, configuration, until: performance.now() + KEEP_MS };
    } catch (error) {
      throw this.named(error, client);
    }
  }

  /** What went wrong, for the log without anything the provider gave us in confidence, and for the sign-in page. */
  private named(error: unknown, client: Client): OidcRefused {
    if (error instanceof OidcRefused) return error;
    if (error instanceof client.AuthorizationResponseError && error.error === 'access_denied')
      return new OidcRefused('cancelled', { cause: error });
    const silent = causesOf(error).find((cause) => cause instanceof ProviderSilent);
    this.logger.warn(`OpenID Connect: ${silent?.message ?? wordsOf(error, client)}`);
    if (silent) return new OidcRefused('unreachable', { cause: silent });
    const isClock = error instanceof client.ClientError && error.code === 'OAUTH_JWT_TIMESTAMP_CHECK_FAILED';
    return new OidcRefused(isClock ? 'clock' : 'refused', { cause: error });
  }

  private ownUrl(path: string): URL {
    return new URL(path, this.environment.OPSAGENT_PUBLIC_URL);
  }

  /** Tells at the start how to register us, and whether the provider answers. */
  private async note(): Promise<string> {
    const where = `OpenID Connect: ${this.environment.OPSAGENT_OIDC_ISSUER}`;
    try {
      await this.discover();
      return `${where}, which sends browsers back to ${this.ownUrl(CALLBACK).href}`;
    } catch (error) {
      if (!(error instanceof OidcRefused)) throw error;
      return `${where} cannot be used now (${error.failure}); passwords work, and it is asked again at the next sign-in`;
    }
  }
}
