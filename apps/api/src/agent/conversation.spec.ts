import { conversationOf } from './conversation.js';
import type { HistoryTurn } from './agent-runner.js';

const aTurn = (values: Partial<HistoryTurn>): HistoryTurn => ({
  query: 'q',
  answer: 'a',
  reasoning: '',
  steps: [],
  ...values,
});
const aStep = (round: number, thought = '', more = {}) => ({
  id: `s${round}`,
  position: round,
  reasoning: '',
  round,
  thought,
  tool: 't',
  input: '{}',
  observation: '{"status":"ok"}',
  ...more,
});

const rolesOf = (...history: HistoryTurn[]): string =>
  conversationOf('s', history, { query: 'now' })
    .map((message) => `${message.role}:${resultless(message.content)}`)
    .join(' | ');

/** A result of a tool is told by its step alone. */
const resultless = (content: string): string =>
  content.replace(/^<tool_result step="(\d+)" id="(\w+)">\n\{"status":"ok"\}\n<\/tool_result id="\2">$/, '#$1');

describe('the conversation as the model is told it', () => {
  it('is questions and answers in turns', () => {
    expect(rolesOf(aTurn({}), aTurn({ query: 'q2', answer: 'a2' }))).toBe(
      'system:s | user:q | assistant:a | user:q2 | assistant:a2 | user:now',
    );
  });

  it('asks unanswered questions together with the next one', () => {
    const failed = aTurn({ query: 'lost', answer: '' });
    expect(rolesOf(failed, aTurn({}), failed)).toBe('system:s | user:lost\n\nq | assistant:a | user:lost\n\nnow');
  });

  it('groups steps by round, and the text before each round is not said twice', () => {
    const steps = [aStep(1, 'Look. '), aStep(1, 'Look. '), aStep(2, 'More. ')];
    expect(rolesOf(aTurn({ answer: 'Look. More. Done.', steps }))).toBe(
      'system:s | user:q | assistant:Look.  | tool:#1 | tool:#1 | assistant:More.  | tool:#2 | assistant:Done. | user:now',
    );
  });

  it('answers every call, under the id it was made with', () => {
    const messages = conversationOf('s', [aTurn({ steps: [aStep(1), aStep(1), aStep(2)] })], { query: 'now' });
    const made = messages.flatMap((message) =>
      message.role === 'assistant' ? (message.toolCalls ?? []).map(({ id }) => id) : [],
    );
    const answered = messages.flatMap((message) => (message.role === 'tool' ? [message.toolCallId] : []));
    expect(answered).toEqual(made);
    expect(new Set(made).size).toBe(3);
  });

  it('closes a turn that ended among its tools', () => {
    const messages = conversationOf(
      's',
      [aTurn({ answer: '', steps: [aStep(1, '', { observation: '', input: 'oops' })] })],
      { query: 'now' },
    );
    expect(messages[2]).toMatchObject({ toolCalls: [{ arguments: '{}' }] });
    expect(messages[3]).toMatchObject({ role: 'tool', content: expect.stringContaining('no result') });
    expect(messages[4]).toEqual({ role: 'assistant', content: '(This answer was not finished.)' });
  });

  it('stays within the window however long it was, and keeps what was said last', () => {
    const history = Array.from({ length: 3_000 }, (_, index) =>
      aTurn({ query: `question ${index} ${'q'.repeat(5_000)}`, answer: `${'a'.repeat(5_000)} answer ${index}` }),
    );
    const messages = conversationOf('s', history, { query: 'now' }, { contextWindow: 16_000 });
    const told = messages.map(({ content }) => content);
    expect(told.join('').length).toBeLessThan(16_000 * 2);
    expect(told.join('')).toContain('answer 2999');
    const [system, ...rest] = messages;
    expect(system?.content).toMatch(/its first \d+ questions and answers are left out/);
    const roles = rest.map(({ role }) => role);
    expect(roles.every((role, index) => role === (index % 2 === 0 ? 'user' : 'assistant'))).toBe(true);
    expect(told.filter((text) => text.includes('(Shortened.)')).length).toBeGreaterThan(0);
    expect(history).toHaveLength(3_000);
  });

  it('tells turns of long ago by their questions and conclusions', () => {
    const old = aTurn({
      query: 'why?',
      answer: `${'x'.repeat(40_000)} It was the disk.`,
      files: [{ name: 'a.log', text: 'secret of old', image: null }],
      steps: [aStep(1, '', { observation: 'z'.repeat(40_000) })],
    });
    const messages = conversationOf('s', [old, aTurn({})], { query: 'now' }, { contextWindow: 16_000 });
    expect(messages[1]?.content).toBe('(File: a.log)\nwhy?');
    expect(messages[2]?.content).toMatch(/^\(Shortened\.\) … x+ It was the disk\.\n\n\(Tools used: t\.\)$/);
    expect(messages.slice(3).map(({ content }) => content)).toEqual(['q', 'a', 'now']);
  });
});
