import { Script } from 'node:vm';
import { AjvJsonSchemaValidator } from '@modelcontextprotocol/sdk/validation/ajv';
import type { JsonSchemaValidator } from '@modelcontextprotocol/sdk/validation/types.js';
import { type ForeignSchema, nameless } from '../tools/foreign-schema.js';

/** A server writes the schema, a model the input: together they can make a check that does not end. */
const LONGEST_MS = 250;
const LONGEST_COMPLAINT = 500;

const validators = new WeakMap<ForeignSchema, JsonSchemaValidator<unknown>>();
const bounded = new Script('work()');

/** What is wrong with a tool's input, in a sentence the model can act on; undefined when it fits. */
export function problemWithInput(schema: ForeignSchema, input: unknown): string | undefined {
  try {
    const { valid, errorMessage } = inTime(() => validatorOf(schema)(input));
    return valid ? undefined : `Wrong arguments: ${errorMessage.slice(0, LONGEST_COMPLAINT)}.`;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') {
      return 'The arguments could not be checked in time against the schema of this tool.';
    }
    return `The schema of this tool cannot be used: ${(error as Error).message.slice(0, LONGEST_COMPLAINT)}.`;
  }
}

/** Throws what can be known of a schema before anything is called with it. */
export function tryOut(schema: ForeignSchema): void {
  inTime(() => validatorOf(schema)({}));
}

function validatorOf(schema: ForeignSchema): JsonSchemaValidator<unknown> {
  let validator = validators.get(schema);
  if (!validator) {
    validator = new AjvJsonSchemaValidator().getValidator(nameless(schema));
    validators.set(schema, validator);
  }
  return validator;
}

/** Ends even what does not come back by itself, regular expressions included. */
function inTime<T>(work: () => T): T {
  return bounded.runInNewContext({ work }, { timeout: LONGEST_MS }) as T;
}
