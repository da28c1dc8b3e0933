import type { PeerCertificate, TLSSocket } from 'node:tls';

/** A certificate as far as it helps a person; all of it is what the other side says. */
export interface CertificateFacts {
  subject: string;
  issuer: string;
  /** ISO 8601. */
  valid_to: string;
  names: string[];
}

/** What a step found out. */
export interface ProbeFacts {
  addresses?: string[];
  address?: string;
  port?: number;
  /** Of TLS: `TLSv1.3`. */
  protocol?: string;
  certificate?: CertificateFacts;
}

const MOST_NAMES = 20;
const LONGEST_NAME = 255;

/** What a finished handshake tells, trusted or not. */
export function tlsFacts(socket: TLSSocket): ProbeFacts {
  const certificate = certificateFacts(socket.getPeerCertificate());
  return { protocol: socket.getProtocol() ?? undefined, ...(certificate && { certificate }) };
}

function certificateFacts({ subject, issuer, valid_to, subjectaltname }: Partial<PeerCertificate>) {
  if (!subject || !issuer || !valid_to) return undefined;
  const names = (subjectaltname ?? '').split(', ').map((name) => name.replace(/^(DNS|IP Address):/, ''));
  return {
    subject: nameOf(subject),
    issuer: nameOf(issuer),
    valid_to: new Date(valid_to).toISOString(),
    names: names
      .filter((name) => name !== '')
      .slice(0, MOST_NAMES)
      .map((name) => name.slice(0, LONGEST_NAME)),
  };
}

function nameOf(who: PeerCertificate['subject']): string {
  return [who.CN ?? who.O ?? ''].flat().join(', ').slice(0, LONGEST_NAME);
}
