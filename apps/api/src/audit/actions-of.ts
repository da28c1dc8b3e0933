import { AUDIT_ACTION } from '@opsagent/contracts';

/** An action itself, or all of a feature; what a feature can do is a closed set. */
export function actionsOf(action: string): string[] {
  return [action, ...AUDIT_ACTION.values.filter((known) => known.startsWith(`${action}.`))];
}
