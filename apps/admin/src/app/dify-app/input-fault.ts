import type { InputFieldDto } from '@opsagent/contracts';

const VARIABLE = /^[a-zA-Z_][a-zA-Z0-9_]{0,59}$/;

/** What is wrong with a field of the form: its label, its name, a name used twice, no options, or what it holds at first. */
export type InputFault = 'label' | 'variable' | 'taken' | 'options' | 'default';

/** The first fault of the field at this place; null when there is none. */
export function inputFault(fields: readonly InputFieldDto[], index: number): InputFault | null {
  const field = fields[index];
  if (!field) return null;
  if (field.label.trim() === '') return 'label';
  if (!VARIABLE.test(field.variable)) return 'variable';
  if (fields.findIndex(({ variable }) => variable === field.variable) !== index) return 'taken';
  if (field.type === 'select' && !field.options?.length) return 'options';
  return isInitial(field) ? null : 'default';
}

function isInitial({ type, default: initial, options = [] }: InputFieldDto): boolean {
  if (!initial) return true;
  if (type === 'select') return options.includes(initial);
  if (type === 'number') return Number.isFinite(Number(initial));
  return type !== 'checkbox' || initial === 'true' || initial === 'false';
}
