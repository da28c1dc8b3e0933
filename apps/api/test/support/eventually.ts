import { setTimeout as pause } from 'node:timers/promises';

/** Asks again, `everyMs`, until the answer is true. @throws when it still is not after `withinMs`. */
export async function eventually(
  isTrue: () => boolean | Promise<boolean>,
  withinMs = 10_000,
  everyMs = 10,
): Promise<void> {
  const deadline = Date.now() + withinMs;
  while (!(await isTrue())) {
    if (Date.now() > deadline) throw new Error(`Still not so after ${withinMs} ms: ${isTrue.toString()}`);
    await pause(everyMs);
  }
}
