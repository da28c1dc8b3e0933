import { all, oneOf, type ReadRule, word } from './read-rule.js';

const IP_OBJECT = oneOf('a', 'addr', 'address', 'r', 'route', 'l', 'link', 'n', 'neigh', 'neighbour', 'rule', 'maddr');
const DNS_NAME = /^[\w*.-]{1,253}$/;
const DNS_TYPE = oneOf(
  'A',
  'AAAA',
  'MX',
  'NS',
  'TXT',
  'SOA',
  'CNAME',
  'SRV',
  'PTR',
  'CAA',
  'DS',
  'DNSKEY',
  'ANY',
  'a',
  'aaaa',
  'mx',
  'ns',
  'txt',
  'soa',
  'cname',
  'srv',
  'ptr',
);
const LOOPBACK = /^(localhost|127\.0\.0\.1|\[::1\]):\d{1,5}$/;

/** Sockets, addresses, names and certificates. */
export const NETWORK_READS: Readonly<Record<string, ReadRule>> = {
  // -K closes sockets, -D and --diag write a file, -F reads one, -E never ends, -N goes elsewhere.
  ss: {
    letters: 'tuwxlnaepimosrHO046',
    flags: [
      '--tcp',
      '--udp',
      '--listening',
      '--numeric',
      '--all',
      '--processes',
      '--summary',
      '--no-header',
      '--extended',
      '--info',
      '--memory',
      '--unix',
    ],
    valued: { '-f': word, '-A': word, '--query': word, '--family': word },
    operands: all((operand) => /^[\w.:*()=<>![\]/-]{1,100}$/.test(operand)),
  },
  // -c never ends.
  netstat: { letters: 'tulnapreisgW46o' },
  // Only showing: add, del, set, flush, save, exec and monitor are verbs too, and may be shortened; -b reads commands from a file, -n goes elsewhere.
  ip: {
    letters: 's46odjpc',
    flags: [
      '-br',
      '-brief',
      '-4',
      '-6',
      '-json',
      '-details',
      '-oneline',
      '-stats',
      '-statistics',
      '-color',
      '-c=never',
    ],
    operands: ([object = '', verb, ...rest]) =>
      IP_OBJECT(object) &&
      (verb === undefined || oneOf('show', 'list', 'ls')(verb) || (verb === 'get' && object.startsWith('r'))) &&
      all((operand) => /^[\w.:/@-]{1,100}$/.test(operand))(rest),
  },
  // A server of one's own choice (@) would be a way out of the machine; -f reads a file, -k and -y take keys.
  dig: {
    letters: '46',
    flags: [
      '+short',
      '+trace',
      '+noall',
      '+answer',
      '+stats',
      '+tcp',
      '+dnssec',
      '+noquestion',
      '+nocomments',
      /^\+(time|tries|timeout|retry)=\d{1,2}$/,
    ],
    valued: { '-t': DNS_TYPE, '-x': (value) => /^[\d.a-fA-F:]{2,45}$/.test(value) },
    operands: (operands) =>
      operands.length <= 8 &&
      operands.every((operand) =>
        operand.startsWith('+')
          ? /^\+(short|trace|(no)?(all|answer|stats|tcp|dnssec|question|comments|cmd|additional|authority)|(time|tries)=\d{1,2})$/.test(
              operand,
            )
          : DNS_NAME.test(operand),
      ),
    isProbe: true,
  },
  // Looks at a certificate; -out writes, -engine and -provider load programs. s_client goes to this machine only: net_probe looks at others.
  openssl: {
    flags: [
      '-noout',
      '-dates',
      '-startdate',
      '-enddate',
      '-subject',
      '-issuer',
      '-serial',
      '-fingerprint',
      '-sha256',
      '-text',
      '-email',
      '-ocsp_uri',
      '-purpose',
      '-showcerts',
      '-brief',
      '-status',
    ],
    valued: {
      '-in': (value) => /\.(pem|crt|cer|cert)$/.test(value) && value.startsWith('/'),
      '-inform': oneOf('PEM', 'DER', 'pem', 'der'),
      '-checkend': word,
      '-ext': word,
      '-connect': (value) => LOOPBACK.test(value),
      '-servername': word,
      '-alpn': word,
      '-starttls': word,
    },
    operands: ([verb = '', ...rest], options) =>
      rest.length === 0 &&
      (verb === 'version' ||
        (verb === 'x509' && options.has('-noout') && options.has('-in') && !options.has('-connect')) ||
        (verb === 's_client' && options.has('-connect') && !options.has('-in'))),
  },
  // Only the name server's own view; the rest of its commands change things.
  resolvectl: {
    flags: ['--no-pager'],
    operands: ([verb = 'status', ...rest]) => oneOf('status', 'statistics')(verb) && all(word, 2)(rest),
  },
  chronyc: {
    letters: 'n',
    operands: (operands) =>
      operands.length === 1 && oneOf('tracking', 'sources', 'sourcestats', 'activity')(operands[0] ?? ''),
  },
  ntpq: { flags: ['-p', '-n', '-pn', '-np'], needs: ['-p', '-pn', '-np'] },
};
