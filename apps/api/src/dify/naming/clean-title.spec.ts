import { cleanTitle } from './clean-title.js';

describe('a title in a model’s answer', () => {
  it.each([
    ['磁盘已满', '磁盘已满'],
    ['"Disk of db1 is full."', 'Disk of db1 is full'],
    ['**标题：《磁盘已满》**\n\n因为……', '磁盘已满'],
    ['Title: `db1`', 'db1'],
    ['# Why db1 fails\nBecause', 'Why db1 fails'],
    ['\n\n  two   words \r\nmore', 'two words'],
    ['<think>The user asks\nfor much</think>\nDisk', 'Disk'],
    ['<think>never ends', ''],
    ['\u202e\0""', ''],
    ['', ''],
    ["What's up with the host's disk?", "What's up with the host's disk?"],
  ])('of %j is %j', (answer, title) => {
    expect(cleanTitle(answer)).toBe(title);
  });

  it('is cut between characters', () => {
    expect(cleanTitle('👩'.repeat(80))).toBe(`${'👩'.repeat(75)}...`);
    expect(cleanTitle('x'.repeat(75))).toBe('x'.repeat(75));
  });
});
