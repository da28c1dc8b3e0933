import type { Actor } from '../../platform/actor/current-actor.js';
import { TooManyTests } from '../llm-config.errors.js';
import { TestAllowance } from './test-allowance.js';

describe('TestAllowance', () => {
  let now: number;
  let actor: Actor;
  let allowance: TestAllowance;

  const user = (userId: string): Actor => ({
    ...{ kind: 'user', userId, name: userId, email: userId, role: 'operator', credential: 'token', address: null },
  });

  beforeEach(() => {
    now = 1_000_000;
    actor = user('a');
    allowance = new TestAllowance(
      { get: () => actor, user: () => actor as never },
      { now: () => new Date(), monotonicMs: () => now },
    );
  });

  const take = (times: number): void => {
    for (let n = 0; n < times; n++) allowance.take();
  };

  it('lets 120 tests begin within a minute and says when the next one may', () => {
    take(100);
    now += 20_000;
    take(20);
    expect(() => allowance.take()).toThrow(expect.objectContaining({ retryAfterSeconds: 40 }));
    now += 40_000;
    take(100);
    expect(() => allowance.take()).toThrow(TooManyTests);
  });

  it('counts each user alone, and not what the server does by itself', () => {
    take(120);
    actor = user('b');
    take(120);
    actor = { kind: 'system', name: 'OpsAgent' };
    take(500);
    actor = user('a');
    expect(() => allowance.take()).toThrow(TooManyTests);
  });
});
