import { type FieldFacts, recordField } from '@opsagent/contracts';

/** Describes a field of Dify's contract for the API document; it is read and written by hand, so that nothing is checked here. */
export function Field({ required = true, ...facts }: Partial<FieldFacts> & { description: string }): PropertyDecorator {
  return (target, name) => recordField(target, String(name), { required, ...facts });
}
