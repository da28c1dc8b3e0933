import type { ToolResult } from '../agent-tool.js';
import type { HostReader } from './host-reader.js';
import { inMegabytes } from './units.js';

const TABLES = ['tcp', 'tcp6', 'udp', 'udp6'] as const;
const MOST_LISTENERS = 60;
const MOST_PEERS = 10;
/** Of `/proc/net/tcp`; source: include/net/tcp_states.h of the kernel. */
const STATES = [
  '',
  'established',
  'syn_sent',
  'syn_recv',
  'fin_wait1',
  'fin_wait2',
  'time_wait',
  'close',
  'close_wait',
  'last_ack',
  'listen',
  'closing',
  'new_syn_recv',
];

interface Connection {
  readonly protocol: (typeof TABLES)[number];
  readonly address: string;
  readonly port: number;
  readonly peer: string;
  readonly peerPort: number;
  readonly state: string;
  /** Bytes that nobody has taken yet; for a listener the connections that wait. */
  readonly waiting: number;
  readonly inode: string;
}

/** Who listens where, connections by state and by the other side, and what interfaces have lost. */
export async function readNetwork(host: HostReader): Promise<ToolResult> {
  const [files, links] = await Promise.all([
    host.files(...TABLES.map((name) => `/proc/net/${name}`), '/proc/net/dev', '/proc/net/sockstat'),
    host.lines([
      'find',
      '/proc',
      '-maxdepth',
      '3',
      '-path',
      '/proc/[0-9]*/fd/*',
      '-lname',
      'socket:*',
      '-printf',
      '%p %l\\n',
    ]),
  ]);
  const all = TABLES.flatMap((name) => connectionsIn(name, files.get(`/proc/net/${name}`)));
  if (!files.has('/proc/net/dev')) return { status: 'no_data', message: 'This machine does not tell of its network.' };
  const owners = ownersIn(links);
  const listening = all.filter(
    ({ state, protocol, peerPort }) => state === 'listen' || (protocol.startsWith('udp') && peerPort === 0),
  );
  const names = await host.files(
    ...new Set(listening.flatMap(({ inode }) => owners.get(inode) ?? []).map((pid) => `/proc/${pid}/comm`)),
  );
  const tcp = all.filter(({ protocol, state }) => protocol.startsWith('tcp') && state !== 'listen');
  return {
    status: 'ok',
    listeners: listening.slice(0, MOST_LISTENERS).map(({ protocol, address, port, waiting, inode }) => {
      const pid = owners.get(inode);
      return {
        protocol,
        address,
        port,
        waiting,
        ...(pid === undefined ? {} : { pid, name: names.get(`/proc/${pid}/comm`)?.trim() }),
      };
    }),
    tcp_by_state: counted(tcp.map(({ state }) => state)),
    tcp_by_peer: counted(
      tcp.map(({ peer, peerPort, port }) => `${peer} (${Math.min(port, peerPort)})`),
      MOST_PEERS,
    ),
    interfaces: interfacesIn(files.get('/proc/net/dev')),
    ...(owners.size === 0 ? { message: 'This user may not see which process a socket belongs to.' } : {}),
  };
}

/** The lines of `/proc/net/{tcp,udp}[6]` (proc(5)). */
export function connectionsIn(protocol: Connection['protocol'], text = ''): Connection[] {
  return text.split('\n').flatMap((line) => {
    const [slot = '', local = '', remote = '', state = '', queues = '', , , , , inode = ''] = line.trim().split(/\s+/);
    if (!/^\d+:$/.test(slot)) return [];
    const [own, other] = [addressIn(local), addressIn(remote)];
    return [
      {
        ...{ protocol, address: own.address, port: own.port, peer: other.address, peerPort: other.port, inode },
        state: STATES[Number.parseInt(state, 16)] ?? state,
        waiting: Number.parseInt(queues.split(':')[1] ?? '0', 16),
      },
    ];
  });
}

/** `0100007F:1F90` is 127.0.0.1:8080: words of four bytes, the last byte first. */
function addressIn(text: string): { address: string; port: number } {
  const [hex = '', port = ''] = text.split(':');
  const bytes = (hex.match(/.{8}/g) ?? []).flatMap((part) => (part.match(/../g) ?? []).reverse());
  const at = Number.parseInt(port, 16);
  if (bytes.length === 4) return { address: bytes.map((byte) => Number.parseInt(byte, 16)).join('.'), port: at };
  const groups = (bytes.join('').match(/.{4}/g) ?? []).join(':');
  const address = groups === '' ? '' : new URL(`http://[${groups}]`).hostname.slice(1, -1);
  return { address, port: at };
}

/** `/proc/12/fd/3 socket:[456]` → 456 belongs to 12. */
function ownersIn(links: readonly string[]): ReadonlyMap<string, number> {
  return new Map(
    links.flatMap((line) => {
      const [, pid, inode] = /^\/proc\/(\d+)\/fd\/\d+ socket:\[(\d+)\]$/.exec(line) ?? [];
      return inode === undefined ? [] : [[inode, Number(pid)] as const];
    }),
  );
}

function interfacesIn(text = '') {
  return text.split('\n').flatMap((line) => {
    const [name = '', numbers] = line.split(':');
    const all = numbers?.trim().split(/\s+/).map(Number);
    if (!all || all.length < 16 || name.trim() === 'lo') return [];
    const [received = 0, , receiveErrors = 0, receiveDropped = 0, , , , , sent = 0, , sendErrors = 0, sendDropped = 0] =
      all;
    return [
      {
        ...{ name: name.trim(), received_mb: inMegabytes(received), sent_mb: inMegabytes(sent) },
        ...{ errors: receiveErrors + sendErrors, dropped: receiveDropped + sendDropped },
      },
    ];
  });
}

function counted(words: readonly string[], most = Number.POSITIVE_INFINITY): Record<string, number> {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return Object.fromEntries([...counts].sort(([, a], [, b]) => b - a).slice(0, most));
}
