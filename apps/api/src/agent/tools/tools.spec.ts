import { aToolContext } from '../../../test/support/tool-context.js';
import { problemWith } from './check-input.js';
import { WRITE_TODOS } from './write-todos.js';

const CONTEXT = aToolContext();

it('write_todos counts what is left', async () => {
  const todos = [
    { text: 'a', state: 'done' as const },
    { text: 'b', state: 'pending' as const },
  ];
  expect(await WRITE_TODOS.run({ todos }, CONTEXT)).toEqual({ status: 'ok', left: 1, todos });
});

describe('the check of a tool’s input', () => {
  const check = (input: unknown): string | undefined => problemWith(input, WRITE_TODOS.parameters);

  it('accepts what fits', () => {
    expect(check({ todos: [{ text: 'a', state: 'done' }] })).toBeUndefined();
    expect(problemWith({}, { type: 'object', additionalProperties: false })).toBeUndefined();
  });

  it.each([
    ['a list', 'the input must be of type object'],
    [{}, 'todos is missing'],
    [{ todos: [] }, 'todos must have 1 to 20 items'],
    [{ todos: [{ text: 'a' }] }, 'state is missing'],
    [{ todos: [{ text: 'a', state: 'later' }] }, 'todos[0].state must be one of pending, in_progress, done'],
    [{ todos: [{ text: 'a'.repeat(201), state: 'done' }] }, 'todos[0].text must not be longer than 200 characters'],
    [{ todos: [{ text: 'a', state: 'done' }], __proto__x: 1 }, '__proto__x is not a known field'],
  ])('says of %j what is wrong', (input, problem) => {
    expect(check(input)).toBe(problem);
  });
});
