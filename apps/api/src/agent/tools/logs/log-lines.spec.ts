import { levelOf } from './line-level.js';
import { LineMatch } from './line-match.js';
import { templateOf } from './line-template.js';
import { LineTimes } from './line-time.js';
import { momentOf } from '../moments.js';
import { logQueryOf, wordsOf } from './log-query.js';

const NOON = Date.UTC(2026, 10, 26, 12);
const local = (...parts: [number, number, number, number, number, number]): number => new Date(...parts).getTime();

describe('lines of logs', () => {
  it.each([
    ['2026-11-26T05:20:01.250Z ERROR x', Date.UTC(2026, 10, 26, 5, 20, 1, 250)],
    ['2026-11-26 13:20:01,250 +0800 x', Date.UTC(2026, 10, 26, 5, 20, 1, 250)],
    ['2026-11-26 05:20:01.25 UTC [71] LOG:  x', Date.UTC(2026, 10, 26, 5, 20, 1, 250)],
    ['2026/11/26 05:20:01 [error] 7#7: x', local(2026, 10, 26, 5, 20, 1)],
    ['10.0.0.1 - - [26/Nov/2026:13:20:01 +0800] "GET / HTTP/1.1" 200', Date.UTC(2026, 10, 26, 5, 20, 1)],
    ['[Thu Nov 26 05:20:01.123456 2026] [core:error] x', local(2026, 10, 26, 5, 20, 1) + 123],
    ['<34>Nov 26 05:20:01 web1 sshd[7]: x', local(2026, 10, 26, 5, 20, 1)],
    ['Dec 31 23:59:59 web1 cron: of last year', local(2025, 11, 31, 23, 59, 59)],
    ['E1126 05:20:01.000100   1 pod.go:1] x', local(2026, 10, 26, 5, 20, 1)],
    ['1:M 26 Nov 2026 05:20:01.123 * Ready', local(2026, 10, 26, 5, 20, 1) + 123],
    ['1764134401.5 squid', 1_764_134_401_500],
    ['{"level":50,"time":1764134401500,"msg":"x"}', 1_764_134_401_500],
    ['\tat com.example.Main', undefined],
    ['port 8080 is open', undefined],
  ])('tell when they were written: %s', (line, time) => {
    expect(new LineTimes(NOON).of(line)).toBe(time);
  });

  it.each([
    ['2026-11-26 05:20:01 ERROR x', 'error'],
    ['2026/11/26 05:20:01 [warn] 7#7: x', 'warn'],
    ['{"msg":"an error was mended","level":"info"}', 'info'],
    ['{"level":60,"msg":"x"}', 'fatal'],
    ['time=x level=warning msg="error"', 'warn'],
    ['<11>Nov 26 05:20:01 web1 app: x', 'error'],
    ['W1126 05:20:01.000100   1 pod.go:1] x', 'warn'],
    ['2026-11-26 05:20:01 UTC [71] FATAL:  too many connections', 'fatal'],
    ['10.0.0.1 - - [26/Nov/2026:13:20:01 +0800] "GET /info?x=1 HTTP/1.1" 502 157', 'error'],
    ['10.0.0.1 - - [26/Nov/2026:13:20:01 +0800] "GET /?q=error HTTP/1.1" 200 157', 'info'],
    ['{"log":"[ERROR] boom\\n","stream":"stderr","time":"2026-11-26T05:20:01Z"}', 'error'],
    ['GET /error', undefined],
    ['nothing to see', undefined],
  ])('tell how bad it is: %s', (line, level) => {
    expect(levelOf(line)).toBe(level);
  });

  it.each([
    [
      '2026-11-26T05:20:01Z ERROR order 17 of 10.0.0.7:5432 failed after 1.5 s',
      '2026-11-27T01:00:00Z ERROR order 99923 of 10.1.2.3:80 failed after 20 s',
    ],
    [
      'Nov 26 05:20:01 job 550e8400-e29b-41d4-a716-446655440000 done',
      'Dec  1 15:00:59 job 6ba7b810-9dad-11d1-80b4-00c04fd430c8 done',
    ],
    ['磁盘 sda1 使用率 91%', '磁盘 sda1 使用率 7%'],
    ['mail to a.b@example.com at 0xdeadbeef', 'mail to c@example.org at 0x1'],
  ])('are alike when only numbers, ids and addresses differ: %s', (one, other) => {
    expect(templateOf(one)).toBe(templateOf(other));
    expect(templateOf(one)).not.toBe(templateOf(`${one} again`));
  });

  it('are found by words in any order and case, and by none that must be absent', () => {
    expect(wordsOf('time-out "no route" -health -1')).toEqual({
      words: ['time-out', 'no route', '-1'],
      without: ['health'],
    });
    const match = new LineMatch(wordsOf('refused "to db" -retry'));
    expect(match.fits('Connection to DB refused')).toBe(true);
    expect(match.fits('Connection to DB refused, will Retry')).toBe(false);
    expect(new LineMatch(wordsOf('a.b (c')).fits('a.b (c)')).toBe(true);
    expect(new LineMatch(wordsOf('a.b')).fits('axb')).toBe(false);
    expect(new LineMatch({ words: [], without: [], pattern: 'time(d )?out' }).fits('Timed OUT')).toBe(true);
    expect(new LineMatch({ words: [], without: [], pattern: 'Timed' }).fits('timed')).toBe(false);
  });

  it.each([
    ['15m', NOON - 900_000],
    ['now-2h', NOON - 7_200_000],
    ['2h ago', NOON - 7_200_000],
    ['2026-11-26T00:00:00Z', NOON - 43_200_000],
    ['yesterday', Number.NaN],
  ])('are asked for by time: %s', (text, moment) => {
    expect(momentOf(text, NOON)).toBe(moment);
  });

  it.each([
    [{ since: 'soon' }, /since must be a time/],
    [{ since: '1h', until: '2h' }, /since must be before until/],
    [{ query: '(', regex: true }, /no regular expression/],
  ])('are not asked for by %j', (input, message) => {
    expect(logQueryOf(input, NOON)).toMatch(message);
  });
});
