import { CoolDown } from './cool-down.js';

const SECOND = 1000;

function failing(...at: number[]): CoolDown {
  const coolDown = new CoolDown();
  for (const seconds of at) coolDown.failed('server', seconds * SECOND);
  return coolDown;
}

describe('a configuration of a chain that fails', () => {
  it('is asked until it failed three times in a row within a minute', () => {
    expect(failing(0, 30).mayTry(30 * SECOND)).toBe(true);
    expect(failing(0, 30, 59).mayTry(59 * SECOND)).toBe(false);
    expect(failing(0, 30, 61).mayTry(61 * SECOND)).toBe(true);
    const answered = failing(0, 1);
    answered.answered();
    answered.failed('server', 2 * SECOND);
    expect(answered.mayTry(2 * SECOND)).toBe(true);
  });

  it('rests for half a minute, then is tried by one caller alone', () => {
    const coolDown = failing(0, 0, 0);
    expect(coolDown.mayTry(29 * SECOND)).toBe(false);
    expect(coolDown.mayTry(30 * SECOND)).toBe(true);
    expect(coolDown.mayTry(30 * SECOND)).toBe(false);
    coolDown.abandoned();
    expect(coolDown.mayTry(30 * SECOND)).toBe(true);
    coolDown.answered();
    expect([coolDown.mayTry(31 * SECOND), coolDown.mayTry(31 * SECOND)]).toEqual([true, true]);
  });

  it('rests twice as long after each trial that fails, five minutes at the most', () => {
    const coolDown = failing(0, 0, 0);
    const rests: number[] = [];
    let now = 0;
    for (let trial = 0; trial < 6; trial++) {
      const from = now;
      while (!coolDown.mayTry(now)) now += SECOND;
      rests.push((now - from) / SECOND);
      coolDown.failed('server', now);
    }
    expect(rests).toEqual([30, 60, 120, 240, 300, 300]);
  });
});
