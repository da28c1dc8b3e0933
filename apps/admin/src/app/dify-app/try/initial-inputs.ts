import type { InputFieldDto } from '@opsagent/contracts';

/** What a client would send for the form of an app before anything is entered. */
export function initialInputs(form: readonly InputFieldDto[]): Record<string, unknown> {
  return Object.fromEntries(form.map((field) => [field.variable, initialOf(field)]));
}

function initialOf({ type, default: initial, options }: InputFieldDto): unknown {
  if (type === 'checkbox') return initial === 'true';
  if (type === 'number') return initial ? Number(initial) : 0;
  return initial || (type === 'select' ? (options?.[0] ?? '') : '');
}
