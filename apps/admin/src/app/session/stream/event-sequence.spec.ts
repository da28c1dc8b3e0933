import { EventSequence } from './event-sequence.js';
import { shortAnswer } from './test-events.js';

const seqs = (events: { seq: number }[]) => events.map(({ seq }) => seq);

describe('EventSequence', () => {
  it('hands events on as they come', () => {
    const sequence = new EventSequence();
    expect(seqs(sequence.accept(shortAnswer()))).toEqual([1, 2, 3, 4, 5]);
    expect(sequence.last).toBe(5);
  });

  it('drops what it has handed on before', () => {
    const sequence = new EventSequence();
    sequence.accept(shortAnswer().slice(0, 3));
    expect(seqs(sequence.accept(shortAnswer()))).toEqual([4, 5]);
  });

  it('gives every order back in the right one', () => {
    for (const order of permutations([0, 1, 2, 3, 4])) {
      const sequence = new EventSequence();
      const handed = order.flatMap((index) => sequence.accept([shortAnswer()[index]]));
      expect(seqs(handed)).toEqual([1, 2, 3, 4, 5]);
      expect(sequence.hasGap).toBe(false);
    }
  });

  it('gives up on missing events when told to', () => {
    const sequence = new EventSequence();
    const [first, , third, , fifth] = shortAnswer();
    expect(seqs(sequence.accept([first, third, fifth]))).toEqual([1]);
    expect(sequence.hasGap).toBe(true);
    expect(seqs(sequence.skipGap())).toEqual([3, 5]);
    expect(sequence.hasGap).toBe(false);
  });
});

function permutations(items: number[]): number[][] {
  if (items.length < 2) return [items];
  return items.flatMap((item) => permutations(items.filter((other) => other !== item)).map((rest) => [item, ...rest]));
}
