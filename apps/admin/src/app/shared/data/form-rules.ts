// The contract's classes need it; it has to be the first import.
import './no-metadata.js';
import { type SchemaPathTree, validateTree } from '@angular/forms/signals';
import { type DtoClass, type FieldFacts, fieldsOf } from '@opsagent/contracts';
import { validateSync } from 'class-validator';
import type { Refusal } from './field-errors.js';

/**
 * Gives a form the rules of its contract: the very class the api validates with. `toInput` makes the object that would be sent, so
 * that "empty" means the same here as there. Errors stand at the fields whose names match.
 */
export function validateDto<TModel extends object>(
  path: SchemaPathTree<TModel>,
  dto: DtoClass,
  toInput: (model: TModel) => object = (model) => model,
): void {
  const facts = fieldsOf(dto);
  validateTree(path as never, ({ value, fieldTree }) => {
    const input = Object.assign(new dto(), toInput(value() as TModel));
    const fields = fieldTree as unknown as Record<string, never>;
    return validateSync(input, { forbidUnknownValues: false })
      .filter(({ property }) => property in (value() as object))
      .map(({ property, constraints }) => ({
        ...refusal(facts.get(property), Object.keys(constraints ?? {})),
        fieldTree: fields[property],
      }));
  });
}

function refusal(facts: FieldFacts | undefined, rules: string[]): Refusal {
  const order = ['isIn', 'isInt', 'isNumber', 'minLength', 'maxLength', 'min', 'max', 'matches'];
  const rule = order.find((name) => rules.includes(name)) ?? 'other';
  if (rule === 'minLength' && facts?.minLength === 1) return { kind: 'required' };
  if (rule === 'matches' && facts?.format === 'email') return { kind: 'email' };
  return { kind: rule, min: facts?.minLength ?? facts?.minimum, max: facts?.maxLength ?? facts?.maximum };
}
