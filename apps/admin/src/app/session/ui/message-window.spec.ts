import { GAP_PX, MessageWindow } from './message-window.js';

const GUESS = 100;
const VIEW = 600;
const items = Array.from({ length: 2000 }, (_, index) => ({ key: `m${index}` }));

function aWindow() {
  return new MessageWindow<{ key: string }>(() => GUESS);
}

/** What the slots and the space around them take up together. */
function heightOf({ slots, after }: ReturnType<MessageWindow<{ key: string }>['slots']>, one = GUESS): number {
  return slots.reduce((sum, { before }) => sum + before + one, 0) + after;
}

const WHOLE = 2000 * GUESS + 1999 * GAP_PX;

describe('MessageWindow', () => {
  it('keeps the last messages in the page at the end', () => {
    const range = aWindow().range(items, 'end', VIEW);
    expect(range.last).toBe(2000);
    expect(range.last - range.first).toBeGreaterThan(10);
    expect(range.last - range.first).toBeLessThan(30);
  });

  it('keeps messages on both sides of a place in the middle', () => {
    const { first, last } = aWindow().range(items, { key: 'm1000', offset: 50 }, VIEW);
    expect(first).toBeLessThan(990);
    expect(last).toBeGreaterThan(1010);
    expect(last - first).toBeLessThan(50);
  });

  it('is at the end when the message it was at is gone', () => {
    expect(aWindow().range(items, { key: 'gone', offset: 0 }, VIEW).last).toBe(2000);
  });

  it('holds the place of what is left out', () => {
    const window = aWindow();
    for (const range of [
      { first: 0, last: 20 },
      { first: 700, last: 730 },
      { first: 1980, last: 2000 },
      { first: 0, last: 2000 },
    ]) {
      expect(heightOf(window.slots(items, range, []))).toBe(WHOLE);
      expect(heightOf(window.slots(items, range, [3, 1500]))).toBe(WHOLE);
    }
  });

  it('remembers what was measured, until the width changes', () => {
    const window = aWindow();
    const range = { first: 1000, last: 1010 };
    window.measured('m5', 350);
    expect(heightOf(window.slots(items, range, []))).toBe(WHOLE + 250);
    window.forget();
    expect(heightOf(window.slots(items, range, []))).toBe(WHOLE);
  });

  it('keeps pinned messages in the page, in order and once', () => {
    const { slots } = aWindow().slots(items, { first: 10, last: 12 }, [11, 2, 40, -1]);
    expect(slots.map(({ item }) => item.key)).toEqual(['m2', 'm10', 'm11', 'm40']);
  });

  it('tells which message is at a height, and back', () => {
    const window = aWindow();
    const top = window.topOf(items, 'm700');
    expect(window.placeAt(items, top + 7)).toEqual({ key: 'm700', offset: 7 });
    expect(window.topOf(items, 'm0')).toBe(0);
    expect(window.placeAt(items, WHOLE + 1)).toBe('end');
  });
});
