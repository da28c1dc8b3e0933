import { streamedText } from './answer-text.ts';

const SHAPE = { pieceMarker: '"answer":"', endMarker: '[END]', wholeText: (body: unknown): unknown => body };

function framesOf(...pieces: string[]): string {
  return pieces.map((piece) => `data: {"event":"message","answer":${JSON.stringify(piece)}}\n\n`).join('');
}

describe('the text of a stream', () => {
  it('is its pieces, whatever they contain', () => {
    const pieces = ['say "stop"', ' \\', '\\"', '', '"answer":"x"', '\n\ndata: 你好 🚒\u2028'];
    expect(streamedText(`${framesOf(...pieces)}[END]`, SHAPE)).toBe(pieces.join(''));
  });

  it('does not exist without an end', () => {
    expect(streamedText(framesOf('你好'), SHAPE)).toBeNull();
  });

  it('does not exist when a piece is cut off', () => {
    expect(streamedText('[END] data: {"answer":"half', SHAPE)).toBeNull();
  });
});
