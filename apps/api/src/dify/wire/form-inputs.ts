import type { InputControl, InputFieldDto } from '@opsagent/contracts';
import { InvalidParam } from './dify-error.js';
import type { JsonObject } from './read.js';

export type FormValue = string | number | boolean;

/** The values of a form, in order; what is no field of it is dropped, as Dify does. @throws InvalidParam */
export function formValues(form: readonly InputFieldDto[], inputs: JsonObject): Record<string, FormValue> {
  return Object.fromEntries(form.map((field) => [field.variable, valueOf(field, inputs[field.variable])]));
}

function valueOf(field: InputFieldDto, given: unknown): FormValue {
  const isMissing = given === undefined || given === null || given === '';
  if (isMissing && field.required) throw new InvalidParam(`${field.variable} is required in input form`);
  if (given === undefined || given === null) return firstValue(field.type, field.default ?? '');
  return READERS[field.type](field, given);
}

const READERS: Record<InputControl, (field: InputFieldDto, given: unknown) => FormValue> = {
  'text-input': textIn,
  paragraph: textIn,
  select: optionIn,
  number: numberIn,
  checkbox: flagIn,
};

function textIn({ variable, max_length: longest }: InputFieldDto, given: unknown): string {
  if (typeof given !== 'string') throw new InvalidParam(`${variable} in input form must be a string`);
  const text = given.replaceAll('\0', '').toWellFormed();
  if (longest && [...text].length > longest)
    throw new InvalidParam(`${variable} in input form must be less than ${longest} characters`);
  return text;
}

function optionIn(field: InputFieldDto, given: unknown): string {
  const { variable, options = [] } = field;
  const text = textIn(field, given);
  if (text !== '' && !options.includes(text))
    throw new InvalidParam(`${variable} in input form must be one of the following: ${JSON.stringify(options)}`);
  return text;
}

/** Clients send what stands in their field: a number, or its digits. */
function numberIn({ variable }: InputFieldDto, given: unknown): FormValue {
  if (given === '') return '';
  const value = typeof given === 'string' && given.trim() !== '' ? Number(given) : given;
  if (typeof value !== 'number' || !Number.isFinite(value))
    throw new InvalidParam(`${variable} in input form must be a valid number`);
  return value;
}

function flagIn({ variable }: InputFieldDto, given: unknown): boolean {
  if (typeof given === 'boolean') return given;
  if (given === '' || given === 'false') return false;
  if (given === 'true') return true;
  throw new InvalidParam(`${variable} in input form must be a boolean`);
}

/** What a field holds before anybody has filled it in. */
export function firstValue(type: InputControl, text: string): FormValue {
  if (type === 'checkbox') return text === 'true';
  return type === 'number' && text !== '' ? Number(text) : text;
}
