import { firstName, titleOf } from './conversation-name.js';

describe('the name of a conversation', () => {
  it('is a short question itself', () => {
    expect(firstName('x'.repeat(20))).toBe('x'.repeat(20));
  });

  it('is the first 20 characters of a longer one, never half of one', () => {
    expect(firstName('🦊'.repeat(21))).toBe(`${'🦊'.repeat(20)}…`);
    expect(firstName('🦊'.repeat(20))).toBe('🦊'.repeat(20));
  });

  it('is never empty', () => {
    expect(firstName(' \n ')).toBe('New conversation');
    expect(titleOf('')).toBe('New conversation');
  });

  it('becomes a title of at most 50 characters on one line', () => {
    expect(titleOf(' why is\n the disk full? ')).toBe('why is the disk full?');
    expect(titleOf('x'.repeat(50))).toBe('x'.repeat(50));
    expect(titleOf('x'.repeat(51))).toBe(`${'x'.repeat(47)}...`);
  });
});
