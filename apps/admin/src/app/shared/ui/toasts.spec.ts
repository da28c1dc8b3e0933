import { jest } from '@jest/globals';
import { Toasts } from './toasts.js';

describe('the toasts', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());
  const texts = (toasts: Toasts): string[] => toasts.shown().map(({ text }) => text);

  it('are three at most, and a failure stays longer than what worked', () => {
    const toasts = new Toasts();
    toasts.failed('a');
    for (const text of ['b', 'c', 'd']) toasts.done(text);
    expect(texts(toasts)).toEqual(['a', 'c', 'd']);
    jest.advanceTimersByTime(60_000);
    expect(texts(toasts)).toEqual(['a']);
  });

  it('wait while somebody reads them', () => {
    const toasts = new Toasts();
    toasts.done('a');
    toasts.pause(toasts.shown()[0].id);
    jest.advanceTimersByTime(60_000);
    expect(texts(toasts)).toEqual(['a']);
    toasts.resume(toasts.shown()[0]);
    jest.advanceTimersByTime(5000);
    expect(texts(toasts)).toEqual([]);
  });

  it('undo the newest thing that can be undone, for ten seconds', () => {
    const toasts = new Toasts();
    const undone: string[] = [];
    toasts.done('a', { label: 'undo', run: () => undone.push('a') });
    toasts.done('b', { label: 'undo', run: () => undone.push('b') });
    toasts.done('c');
    expect([toasts.undo(), undone]).toEqual([true, ['b']]);
    jest.advanceTimersByTime(10_000);
    expect([toasts.undo(), undone]).toEqual([false, ['b']]);
  });
});
