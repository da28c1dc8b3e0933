import { createHash } from 'node:crypto';

/**
 * A tool's text between two marks with the same id, which whoever wrote that text could not know: the end cannot be forged.
 * It follows from the step's own random id, so that a later turn tells the model the very same text.
 */
export function untrusted(text: string, stepId: string, position: number): string {
  const id = createHash('sha256').update(stepId).digest('hex').slice(0, 12);
  return `<tool_result step="${position}" id="${id}">\n${text}\n</tool_result id="${id}">`;
}
