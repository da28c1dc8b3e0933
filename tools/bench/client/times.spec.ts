import { areTimes, onTheirWay } from './times.ts';

const SHAPE = { pieceMarker: '"answer":"' };

describe('times in a stream', () => {
  it('tell how long each piece was on its way', () => {
    const bytes = Buffer.from(
      'data: {"answer":"1700000000000.250 "}\n\ndata: {"answer":"1700000000020.500 ","x":1}\n\n',
    );
    expect(onTheirWay(bytes, SHAPE, 1_700_000_000_021)).toEqual([20.75, 0.5]);
  });

  it('count only as pieces, and only whole', () => {
    const bytes = Buffer.from('{"at":"1700000000000.250 "} {"answer":"17000000');
    expect(onTheirWay(bytes, SHAPE)).toEqual([]);
  });

  it('are the text that was said when there are enough of them and they go forward', () => {
    expect(areTimes('1700000000000.250 1700000000000.250 1700000000020.500 ', 3)).toBe(true);
    expect(areTimes('1700000000000.250 1700000000020.500 ', 3)).toBe(false);
    expect(areTimes('1700000000020.500 1700000000000.250 ', 2)).toBe(false);
    expect(areTimes('yes no ', 2)).toBe(false);
  });
});
