import { TestBed } from '@angular/core/testing';
import { signal } from '@angular/core';
import { Formats } from './formats.js';
import { TimeZone } from '../data/time-zone.js';
import { Language } from './language.js';

const NOW = Date.parse('2026-11-25T12:00:00Z');

function formats(code: 'zh-CN' | 'en'): Formats {
  TestBed.configureTestingModule({ providers: [{ provide: Language, useValue: { active: signal(code) } }] });
  return TestBed.inject(Formats);
}

describe('Formats', () => {
  it('writes moments in the time zone that was chosen, and an unknown one counts for nothing', () => {
    const written = formats('en');
    const zone = TestBed.inject(TimeZone);
    const own = written.moment('2026-11-25T20:00:00Z');
    zone.use('Asia/Shanghai');
    expect(written.moment('2026-11-25T20:00:00Z')).toMatch(/Nov 26, 2026, 4:00.AM/);
    zone.use('Mars/Olympus');
    expect(written.moment('2026-11-25T20:00:00Z')).toBe(own);
    zone.use(null);
  });

  it('says how long ago something was, in Chinese', () => {
    expect(formats('zh-CN').ago('2026-11-25T09:00:00Z', NOW)).toBe('3小时前');
  });

  it('says how long ago something was, in English', () => {
    expect(formats('en').ago('2026-11-24T11:00:00Z', NOW)).toBe('yesterday');
  });

  it('calls the last minute now', () => {
    expect(formats('en').ago('2026-11-25T11:59:30Z', NOW)).toBe('now');
  });

  it('writes short durations in milliseconds and longer ones in seconds', () => {
    const written = formats('en');
    expect(written.duration(412.4)).toBe('412 ms');
    expect(written.duration(2345)).toBe('2.3 s');
  });

  it('writes numbers of tokens as models are named by them', () => {
    const written = formats('en');
    expect([512, 4096, 128_000, 131_072, 1_000_000, 1_047_576].map((count) => written.tokens(count))).toEqual([
      ...['512', '4K', '128K', '128K', '1M', '1M'],
    ]);
  });
});
