import { createHash } from 'node:crypto';
import type { Client, ClientChannel, ConnectConfig } from 'ssh2';
import {
  AddressInvalid,
  ConnectTimedOut,
  OutboundRefused,
  Unreachable,
} from '../../platform/outbound/outbound.errors.js';
import type { Outbound } from '../../platform/outbound/outbound.js';
import { type OpenSource, SourceFailed } from './source-kind.js';

const READY_MS = 15_000;
const KEEPALIVE_MS = 5_000;
const KEEPALIVES_MISSED = 3;
const LAST_WORDS_MS = 1_000;
const USUAL_PORT = 22;

/** A signed-in connection to another machine, whose host key was the registered one. */
export class SshConnection {
  /** Set once it is over: why. */
  private over: Error | undefined;

  private constructor(
    private readonly name: string,
    private readonly client: Client,
  ) {
    client.on('error', (error) => (this.over ??= error));
    client.on('close', () => (this.over ??= new Error('the connection was closed')));
  }

  /** @throws SourceFailed; the reason of `signal` when it is aborted */
  static async open(outbound: Outbound, source: OpenSource, signal: AbortSignal): Promise<SshConnection> {
    try {
      const [{ default: ssh2 }, socket] = await Promise.all([
        import('ssh2'),
        outbound.connect(placeOfSsh(source), { signal }),
      ]);
      const client = new ssh2.Client();
      const key = new HostKey(source);
      const connected = signedIn(client, source, signal);
      // It also fails where nobody waits for it any more.
      connected.catch(() => undefined);
      try {
        client.connect({ ...configOf(source), sock: socket, hostVerifier: (shown: Buffer) => key.isRight(shown) });
        await connected;
      } catch (error) {
        client.on('error', () => undefined).destroy();
        socket.destroy();
        throw key.problem ?? error;
      }
      return new SshConnection(source.name, client);
    } catch (error) {
      signal.throwIfAborted();
      throw failureOf(source, error as Error);
    }
  }

  /** Starts a program of the remote login shell. @throws SourceFailed; the reason of `signal`, also where nothing is ever answered */
  exec(command: string, signal: AbortSignal): Promise<ClientChannel> {
    const { promise, resolve, reject } = Promise.withResolvers<ClientChannel>();
    const onAbort = (): void => reject(signal.reason as Error);
    const fail = (error: Error): void =>
      reject(new SourceFailed('failed', `${this.name} started no command: ${error.message}.`, { cause: error }));
    signal.addEventListener('abort', onAbort, { once: true });
    if (this.over) fail(this.over);
    else this.client.exec(command, (error, channel) => (error ? fail(error) : resolve(channel)));
    return promise.finally(() => signal.removeEventListener('abort', onAbort));
  }

  /** Why the connection is over; undefined while it stands. */
  get end(): Error | undefined {
    return this.over;
  }

  close(): void {
    this.client.end();
    // Not everybody hangs up in return.
    setTimeout(() => this.client.destroy(), LAST_WORDS_MS).unref();
  }
}

/** Where a source's SSH server listens. */
export function placeOfSsh({ settings }: Pick<OpenSource, 'settings'>) {
  return { host: settings.host ?? '', port: settings.port ?? USUAL_PORT };
}

/** Compares the key that a host shows with the registered one. */
class HostKey {
  problem: SourceFailed | undefined;

  constructor(private readonly source: OpenSource) {}

  isRight(shown: Buffer): boolean {
    const { name, settings } = this.source;
    const fingerprint = `SHA256:${createHash('sha256').update(shown).digest('base64').replace(/=+$/, '')}`;
    if (settings.host_key === fingerprint) return true;
    const said =
      settings.host_key === undefined
        ? `${name} shows the host key ${fingerprint} (${typeOf(shown)}). Compare it with the one on that machine (ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub) and enter it as host_key.`
        : `${name} shows the host key ${fingerprint} (${typeOf(shown)}) instead of the registered one. Somebody may stand in between; enter the new one only if you know why it changed.`;
    this.problem = new SourceFailed('host_key', said);
    return false;
  }
}

/** A key begins with the length and the name of its type (RFC 4253 §6.6). */
function typeOf(key: Buffer): string {
  return key.subarray(4, 4 + key.readUInt32BE(0)).toString('latin1');
}

function configOf({ settings, secrets }: OpenSource): ConnectConfig {
  const common: ConnectConfig = {
    username: settings.username,
    readyTimeout: READY_MS,
    keepaliveInterval: KEEPALIVE_MS,
    keepaliveCountMax: KEEPALIVES_MISSED,
  };
  if (secrets.private_key !== undefined) {
    const { private_key: privateKey, password: passphrase } = secrets;
    return { ...common, privateKey, passphrase, authHandler: ['publickey'] };
  }
  return {
    ...common,
    password: secrets.password ?? '',
    tryKeyboard: true,
    authHandler: ['password', 'keyboard-interactive'],
  };
}

function signedIn(client: Client, { secrets }: OpenSource, signal: AbortSignal): Promise<void> {
  return new Promise<void>((resolve, reject) => {
    const onAbort = (): void => reject(signal.reason as Error);
    signal.addEventListener('abort', onAbort, { once: true });
    client
      .once('ready', () => {
        signal.removeEventListener('abort', onAbort);
        resolve();
      })
      .once('error', reject)
      .once('close', () => reject(new Error('the connection was closed')))
      .on('keyboard-interactive', (_name, _instructions, _language, prompts, answer) =>
        answer(prompts.map(() => secrets.password ?? '')),
      );
  });
}

function failureOf({ name }: OpenSource, error: Error & { level?: string }): Error {
  if (error instanceof SourceFailed) return error;
  const say = (fault: SourceFailed['fault'], message: string) => new SourceFailed(fault, message, { cause: error });
  if (error instanceof OutboundRefused || error instanceof AddressInvalid) {
    return say('address_refused', `${name} could not be asked: ${error.message}.`);
  }
  if (error instanceof Unreachable) return say('unreachable', `${name} could not be asked: ${error.message}.`);
  if (error instanceof ConnectTimedOut || error.level === 'client-timeout') {
    return say('timeout', `${name} did not answer in time: ${error.message}.`);
  }
  if (error.level === 'client-authentication') {
    return say('authentication', `${name} refused the user name, the password or the key.`);
  }
  if (/privateKey|passphrase/.test(error.message)) {
    return say('authentication', 'The private key cannot be read; an encrypted one needs its passphrase as password.');
  }
  const isNoSsh = error.level === 'protocol' || error.level === 'handshake';
  return say(isNoSsh ? 'wrong_service' : 'unreachable', `${name} could not be reached by SSH: ${error.message}.`);
}
