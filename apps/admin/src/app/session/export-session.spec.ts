import { asJson, asMarkdown, fileName } from './export-session.js';
import { aMessage, aSession } from './test-server.js';

const WORDS = { question: 'Question', answer: 'Answer', unnamed: 'Unnamed' };

describe('an exported session', () => {
  it('holds every question and answer in order, without the reasoning', () => {
    const messages = [
      aMessage({ query: 'first', answer: 'one', reasoning: 'secret thought' }),
      aMessage({ message_id: 'message-1', query: 'second', answer: 'two' }),
    ];
    const text = asMarkdown(aSession({ session_name: 'disk\nfull' }), messages, WORDS);
    expect(text.startsWith('# disk full\n')).toBe(true);
    expect(text.match(/first|one|second|two/g)).toEqual(['first', 'one', 'second', 'two']);
    expect(text).not.toContain('secret thought');
  });

  it('says why an answer failed', () => {
    const error = { kind: 'invalid_key', code: 'x', detail: 'The key was rejected.' } as const;
    expect(asMarkdown(aSession(), [aMessage({ answer: '', error })], WORDS)).toContain('> The key was rejected.');
  });

  it('can be read back as JSON', () => {
    expect(JSON.parse(asJson(aSession(), [aMessage()]))).toEqual({ session: aSession(), messages: [aMessage()] });
  });
});

describe('fileName', () => {
  const day = new Date(2026, 0, 2);

  it('names the session and the day', () => {
    expect(fileName(aSession({ session_name: '磁盘 排查' }), 'md', day)).toBe('磁盘-排查-2026-01-02.md');
  });

  it('has no character that a file system refuses', () => {
    expect(fileName(aSession({ session_name: '../a\\b:c*?"<>|\u0000\u202e.' }), 'md', day)).toBe('a-b-c-2026-01-02.md');
    expect(fileName(aSession({ session_name: '' }), 'json', day)).toBe('session-2026-01-02.json');
  });
});
