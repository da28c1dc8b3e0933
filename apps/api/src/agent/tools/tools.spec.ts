import { aToolContext } from '../../../test/support/tool-context.js';
import { problemWith } from './check-input.js';
import { HOST_INSPECT } from './host-inspect.js';
import { mountsIn } from './host/disks.js';
import { processIn } from './host/processes.js';
import { WRITE_TODOS } from './write-todos.js';

const CONTEXT = aToolContext();

describe('host_inspect', () => {
  it.each(['overview', 'processes', 'disks'] as const)('reads %s in a few kilobytes', async (section) => {
    const result = await HOST_INSPECT.run({ section }, CONTEXT);
    expect(result.status).toMatch(/^(ok|no_data)$/);
    expect(JSON.stringify(result).length).toBeLessThan(16_000);
  });

  it('reads a process whose name has blanks and brackets', () => {
    const line = '42 (a (b) c) S 1 1 1 0 -1 0 0 0 0 0 30 12 0 0 20 0 3 0 100 5000 256 0';
    expect(processIn(line)).toEqual({
      pid: 42,
      name: 'a (b) c',
      state: 'S',
      threads: 3,
      ticks: 42,
      memoryBytes: 256 * 4096,
    });
  });

  it('lists each device once and nothing that is no disk', () => {
    const text = [
      'proc /proc proc rw 0 0',
      '/dev/sda1 / ext4 rw 0 0',
      '/dev/sda1 /again ext4 rw 0 0',
      'overlay /var/lib overlay rw 0 0',
      '/dev/sdb1 /with\\040blank xfs rw 0 0',
    ].join('\n');
    expect(mountsIn(text).map(({ path }) => path)).toEqual(['/', '/var/lib', '/with blank']);
  });
});

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
    expect(problemWith({}, HOST_INSPECT.parameters)).toBeUndefined();
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
