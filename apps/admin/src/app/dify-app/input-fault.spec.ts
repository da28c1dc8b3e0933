import type { InputFieldDto } from '@opsagent/contracts';
import { inputFault } from './input-fault.js';

const field = (change: Partial<InputFieldDto> = {}): InputFieldDto => ({
  type: 'text-input',
  label: 'Host',
  variable: 'host',
  required: true,
  ...change,
});

describe('a field of the form before the first question', () => {
  it.each([
    [field(), null],
    [field({ label: ' ' }), 'label'],
    [field({ variable: '1host' }), 'variable'],
    [field({ variable: 'a'.repeat(61) }), 'variable'],
    [field({ type: 'select' }), 'options'],
    [field({ type: 'select', options: ['a'], default: 'b' }), 'default'],
    [field({ type: 'select', options: ['a'], default: 'a' }), null],
    [field({ type: 'number', default: 'x' }), 'default'],
    [field({ type: 'number', default: '1.5' }), null],
    [field({ type: 'checkbox', default: 'yes' }), 'default'],
  ])('%j is refused because of %s', (only, fault) => {
    expect(inputFault([only], 0)).toBe(fault);
  });

  it('may not take the variable of one above it', () => {
    const fields = [field(), field({ label: 'Again' })];
    expect([inputFault(fields, 0), inputFault(fields, 1)]).toEqual([null, 'taken']);
  });
});
