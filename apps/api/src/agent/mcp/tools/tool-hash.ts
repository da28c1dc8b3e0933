import { createHash } from 'node:crypto';
import { canonical } from '../../approvals/arguments-hash.js';
import { problemWithSchema } from './foreign-schema.js';

/** All that a server tells of a tool and that somebody or a model may go by. */
interface Told {
  readonly name: string;
  readonly title?: string | undefined;
  readonly description?: string | undefined;
  readonly inputSchema: Readonly<Record<string, unknown>>;
  readonly annotations?: object | undefined;
}

/** Stands for what a server tells of a tool, before anything of it is shortened. */
export function hashOfTool({ name, title, description, inputSchema, annotations }: Told): string {
  const problem = problemWithSchema(inputSchema);
  // A schema that is not worked with may be one that nobody can read to its end.
  const schema = problem === undefined ? inputSchema : { problem };
  const facts = canonical({ name, title, description, schema, annotations });
  return createHash('sha256').update(facts).digest('hex');
}
