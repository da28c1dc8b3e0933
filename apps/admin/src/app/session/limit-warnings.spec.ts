import { TestBed } from '@angular/core/testing';
import type { LimitWarningDto } from '@opsagent/contracts';
import { LimitWarnings } from './limit-warnings.js';

const HOUR_MS = 3_600_000;

describe('a budget that is nearly spent', () => {
  const warning = (facts: Partial<LimitWarningDto> = {}): LimitWarningDto => ({
    ...{ kind: 'user', name: 'tokens_per_day', used_percent: 80 },
    ...{ resets_at: new Date(Date.now() + HOUR_MS).toISOString(), ...facts },
  });
  /** As after another visit: only what the browser keeps is left. */
  const warnings = (): LimitWarnings => {
    TestBed.resetTestingModule();
    return TestBed.inject(LimitWarnings);
  };

  beforeEach(() => localStorage.clear());

  it('is told of once, however often the server warns, and in later visits too', () => {
    const first = warnings();
    const resets_at = new Date(Date.now() + HOUR_MS).toISOString();
    first.tell(warning({ resets_at }));
    expect(first.shown()?.used_percent).toBe(80);
    first.dismiss();
    first.tell(warning({ resets_at, used_percent: 90 }));
    expect(first.shown()).toBeNull();
    const later = warnings();
    later.tell(warning({ resets_at, used_percent: 95 }));
    expect(later.shown()).toBeNull();
  });

  it('is told of apart from others, and anew in its next period', () => {
    const first = warnings();
    first.tell(warning());
    first.tell(warning({ kind: 'llm_config' }));
    expect(first.shown()?.kind).toBe('llm_config');
    first.dismiss();
    first.tell(warning({ resets_at: new Date(Date.now() + 25 * HOUR_MS).toISOString() }));
    expect(first.shown()?.kind).toBe('user');
  });
});
