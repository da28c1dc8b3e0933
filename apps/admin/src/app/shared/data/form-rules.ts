import { inject, Service } from '@angular/core';
import { type SchemaPathTree, validateTree } from '@angular/forms/signals';
import { TranslocoService } from '@jsverse/transloco';
import { type DtoClass, type FieldFacts, fieldsOf } from '@opsagent/contracts';
import { validateSync } from 'class-validator';

/** One refused rule: which one, and the bounds its sentence may name. */
interface Refusal {
  readonly kind: string;
  readonly min?: number;
  readonly max?: number;
}

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

/** The sentence for a field's first error, in the reader's language; empty while the field has not been visited. */
@Service()
export class FieldErrors {
  private readonly transloco = inject(TranslocoService);

  of(state: { touched(): boolean; errors(): readonly { kind: string; message?: string }[] }): string {
    const first = state.touched() ? state.errors()[0] : undefined;
    if (!first) return '';
    if (first.message) return first.message;
    return this.sentence(first);
  }

  private sentence(error: Refusal): string {
    const key = `validation.${error.kind}`;
    const isKnown = key in this.transloco.getTranslation(this.transloco.getActiveLang());
    return this.transloco.translate(isKnown ? key : 'validation.other', { min: error.min, max: error.max });
  }
}
