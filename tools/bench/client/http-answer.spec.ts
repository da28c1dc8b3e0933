import { HttpAnswer } from './http-answer.ts';

const PLAIN = 'HTTP/1.1 201 Created\r\nContent-Length: 5\r\n\r\nhello';
const CHUNKED = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\nc\r\n, world\r\n:)\n\r\n0\r\n\r\n';

function read(answer: string, pieceBytes: number): { body: string; status: number; isComplete: boolean } {
  const bytes = Buffer.from(answer);
  const pieces: Buffer[] = [];
  const reader = new HttpAnswer((piece) => pieces.push(Buffer.from(piece)));
  for (let at = 0; at < bytes.length; at += pieceBytes) reader.push(bytes.subarray(at, at + pieceBytes));
  return { body: Buffer.concat(pieces).toString(), status: reader.status, isComplete: reader.isComplete };
}

describe('an answer', () => {
  it.each([1, 2, 3, 7, 1_000])('with a length is read from pieces of %i bytes', (pieceBytes) => {
    expect(read(PLAIN, pieceBytes)).toEqual({ body: 'hello', status: 201, isComplete: true });
  });

  it.each([1, 2, 3, 7, 1_000])('in chunks is read from pieces of %i bytes', (pieceBytes) => {
    expect(read(CHUNKED, pieceBytes)).toEqual({ body: 'hello, world\r\n:)\n', status: 200, isComplete: true });
  });

  it('is not complete before its last byte', () => {
    expect([read(PLAIN.slice(0, -1), 1_000).isComplete, read(CHUNKED.slice(0, -1), 1_000).isComplete]).toEqual([
      false,
      false,
    ]);
  });
});
