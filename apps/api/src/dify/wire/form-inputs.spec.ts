import type { InputFieldDto } from '@opsagent/contracts';
import { InvalidParam } from './dify-error.js';
import { formValues } from './form-inputs.js';

const NAME: InputFieldDto = { type: 'text-input', label: 'Name', variable: 'name', required: true, max_length: 4 };
const HOST: InputFieldDto = {
  ...{ type: 'select', label: 'Host', variable: 'host', required: false, options: ['db1', 'db2'], default: 'db1' },
};
const COUNT: InputFieldDto = { type: 'number', label: 'Count', variable: 'count', required: false };
const LOUD: InputFieldDto = { type: 'checkbox', label: 'Loud', variable: 'loud', required: false, default: 'true' };
const FORM = [NAME, HOST, COUNT, LOUD];

describe('the values of an input form', () => {
  it('are read by their kind; what is no field is dropped', () => {
    expect(formValues(FORM, { name: 'a\0b', host: 'db2', count: '1.5', loud: 'false', other: {} })).toEqual({
      ...{ name: 'ab', host: 'db2', count: 1.5, loud: false },
    });
    expect(formValues([], { name: 'x' })).toEqual({});
  });

  it('are what the form says where nothing was filled in', () => {
    expect(formValues(FORM, { name: '👩‍💻x' })).toEqual({ name: '👩‍💻x', host: 'db1', count: '', loud: true });
    expect(formValues(FORM, { name: 'x', host: '', count: '', loud: '' })).toEqual({
      ...{ name: 'x', host: '', count: '', loud: false },
    });
  });

  it.each([
    [{}, 'name is required in input form'],
    [{ name: null }, 'name is required in input form'],
    [{ name: '' }, 'name is required in input form'],
    [{ name: 7 }, 'name in input form must be a string'],
    [{ name: '12345' }, 'name in input form must be less than 4 characters'],
    [{ name: 'x', host: 'db3' }, 'host in input form must be one of the following'],
    [{ name: 'x', count: 'many' }, 'count in input form must be a valid number'],
    [{ name: 'x', count: [] }, 'count in input form must be a valid number'],
    [{ name: 'x', loud: 'very' }, 'loud in input form must be a boolean'],
  ])('refuse %j', (inputs, message) => {
    expect(() => formValues(FORM, inputs)).toThrow(InvalidParam);
    expect(() => formValues(FORM, inputs)).toThrow(message);
  });
});
