import { connect } from 'node:net';

/** What came back, as far as it can be told. */
export interface RawAnswer {
  /** 0 where the connection was closed without an answer. */
  status: number;
  headers: string;
  body: string;
}

/**
 * Sends a request byte by byte as it is given, so that no client puts the path or the headers right.
 * @param head the request line and the headers, without `Connection`.
 */
export function rawRequest(url: string, head: readonly string[], body = ''): Promise<RawAnswer> {
  const { hostname, port, host } = new URL(url);
  const hosted = head.some((line) => /^host:/i.test(line)) ? [] : [`Host: ${host}`];
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const socket = connect(Number(port), hostname);
    socket.on('data', (chunk) => void chunks.push(chunk));
    socket.on('error', (error: NodeJS.ErrnoException) => (error.code === 'ECONNRESET' ? undefined : reject(error)));
    socket.on('close', () => resolve(answerIn(Buffer.concat(chunks).toString('latin1'))));
    socket.write(Buffer.from([...head, ...hosted, 'Connection: close', '', body].join('\r\n'), 'latin1'));
  });
}

function answerIn(text: string): RawAnswer {
  const end = text.indexOf('\r\n\r\n');
  const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? 0);
  return { status, headers: text.slice(0, Math.max(end, 0)), body: end < 0 ? '' : text.slice(end + 4) };
}
