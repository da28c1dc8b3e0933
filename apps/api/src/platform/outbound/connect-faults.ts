/** Why no connection came about, in one closed set. */
export type UnreachableReason = 'dns' | 'refused' | 'timeout' | 'tls' | 'network' | 'reset';

/** What is wrong with the other side's TLS. `untrusted`: signed by nobody this server knows. */
export type TlsFault =
  'expired' | 'not_yet_valid' | 'self_signed' | 'untrusted' | 'wrong_name' | 'not_spoken' | 'other';

/** One kind of failure: its reason, its words and, for TLS, which fault. */
export interface ConnectFault {
  readonly reason: UnreachableReason;
  readonly words: string;
  readonly tls?: TlsFault;
}

const NOT_SPOKEN = tls('not_spoken', 'the other side does not speak TLS');
const SELF_SIGNED = tls('self_signed', 'its certificate is self-signed');
const UNTRUSTED = tls('untrusted', 'its certificate is signed by an authority this server does not know');
const NO_AGREEMENT = tls('other', 'the other side and this server could not agree on TLS');

/** By the code that Node or OpenSSL gives. */
const FAULTS: Readonly<Record<string, ConnectFault>> = {
  ECONNREFUSED: { reason: 'refused', words: 'nothing answers at that address' },
  ENOTFOUND: { reason: 'dns', words: 'the name is not known' },
  EAI_AGAIN: { reason: 'dns', words: 'the name could not be looked up right now' },
  EHOSTUNREACH: { reason: 'network', words: 'there is no route to the host' },
  ENETUNREACH: { reason: 'network', words: 'there is no route to the network' },
  ETIMEDOUT: { reason: 'timeout', words: 'the connection attempt was not answered' },
  ECONNRESET: { reason: 'reset', words: 'the connection was reset' },
  EPIPE: { reason: 'reset', words: 'the connection was reset' },
  UND_ERR_SOCKET: { reason: 'reset', words: 'the connection was closed' },
  EPROTO: NOT_SPOKEN,
  ERR_SSL_WRONG_VERSION_NUMBER: NOT_SPOKEN,
  ERR_SSL_PACKET_LENGTH_TOO_LONG: NOT_SPOKEN,
  ERR_SSL_HTTP_REQUEST: NOT_SPOKEN,
  ERR_SSL_UNKNOWN_PROTOCOL: NOT_SPOKEN,
  ERR_SSL_BAD_RECORD_TYPE: NOT_SPOKEN,
  ERR_SSL_RECORD_TOO_SMALL: NOT_SPOKEN,
  CERT_HAS_EXPIRED: tls('expired', 'its certificate has expired'),
  CERT_NOT_YET_VALID: tls('not_yet_valid', 'its certificate is not valid yet'),
  DEPTH_ZERO_SELF_SIGNED_CERT: SELF_SIGNED,
  SELF_SIGNED_CERT_IN_CHAIN: UNTRUSTED,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: UNTRUSTED,
  UNABLE_TO_GET_ISSUER_CERT: UNTRUSTED,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: UNTRUSTED,
  CERT_UNTRUSTED: UNTRUSTED,
  ERR_TLS_CERT_ALTNAME_INVALID: tls('wrong_name', 'its certificate is for another name'),
  HOSTNAME_MISMATCH: tls('wrong_name', 'its certificate is for another name'),
};

/** The codes that share a beginning, for those not named above. */
const FAMILIES: readonly (readonly [RegExp, ConnectFault])[] = [
  [/^EAI_/, { reason: 'dns', words: 'the name could not be looked up' }],
  [/^ERR_(SSL|TLS)_/, NO_AGREEMENT],
  [/CERT|^CRL_|^INVALID_(CA|PURPOSE)$/, tls('other', 'its certificate cannot be verified')],
];

const UNKNOWN: ConnectFault = { reason: 'network', words: 'the connection failed' };

/** What a code of Node or OpenSSL means. */
export function connectFaultOf(errno: string): ConnectFault {
  if (Object.hasOwn(FAULTS, errno)) return FAULTS[errno] ?? UNKNOWN;
  return FAMILIES.find(([pattern]) => pattern.test(errno))?.[1] ?? UNKNOWN;
}

function tls(fault: TlsFault, words: string): ConnectFault {
  return { reason: 'tls', words, tls: fault };
}
