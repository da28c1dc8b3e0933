import type { Outbound } from '../../../platform/outbound/outbound.js';
import { type SourceKind, SourceFailed } from '../source-kind.js';
import { placeOfSsh, SshConnection } from '../ssh-connection.adapter.js';

const FINGERPRINT = /^SHA256:[A-Za-z0-9+/]{43}$/;
const HOST = /^[A-Za-z0-9][A-Za-z0-9.-]*$|^[0-9A-Fa-f:]+$/;

/** Another machine, by SSH; its host key is entered after a first test has shown it. */
export function ssh(outbound: Outbound): SourceKind {
  return {
    kind: 'ssh',
    required: ['host', 'username'],
    optional: ['port', 'host_key'],
    secrets: ['password', 'private_key'],

    problemWith({ host = '', host_key: hostKey }) {
      if (!HOST.test(host)) return { setting: 'host', message: 'host must be a name or an IP address' };
      if (hostKey === undefined || FINGERPRINT.test(hostKey)) return undefined;
      return { setting: 'host_key', message: 'host_key must be a fingerprint such as SHA256:…, 43 characters long' };
    },

    placeOf: (settings) => (settings.host === undefined ? undefined : placeOfSsh({ settings })),

    async test(source, signal) {
      const connection = await SshConnection.open(outbound, source, signal);
      try {
        const channel = await connection.exec('uname -a', signal);
        let said = '';
        channel.on('data', (bytes: Buffer) => (said = (said + bytes.toString('utf8')).slice(0, 500)));
        channel.stderr.resume();
        await new Promise<void>((resolve, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
          channel.once('close', () => resolve());
        });
        if (said.trim() !== '') return said.trim();
        throw new SourceFailed('failed', `${source.name} lets this user sign in, but runs no command.`);
      } finally {
        connection.close();
      }
    },
  };
}
