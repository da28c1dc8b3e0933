import { AUDIT_ACTION, type AuditAction } from '@opsagent/contracts/constants';

/** `llm_config.update` → `llm_config_update`. */
export type DeedKey<T = AuditAction> = T extends `${infer Feature}.${infer Verb}` ? `${Feature}_${Verb}` : never;

/** The key of the text that tells what was done, between who did it and what it was done to. */
export function deedKey(action: string): string {
  const isKnown = AUDIT_ACTION.values.some((known) => known === action);
  return isKnown ? `deeds.${action.replace('.', '_')}` : 'deeds.other';
}
