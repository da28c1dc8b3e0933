import { MACHINE_READS } from './machine-reads.js';
import { NETWORK_READS } from './network-reads.js';
import { readCallOf, type ReadRule } from './read-rule.js';
import { isReadableFile } from './readable-files.js';
import { SERVICE_READS } from './service-reads.js';

const RULES = new Map<string, ReadRule>(
  [MACHINE_READS, NETWORK_READS, SERVICE_READS].flatMap((rules) => Object.entries(rules)),
);

/** The programs of which some calls run without being asked for. */
export const PROGRAMS_READ: readonly string[] = [...RULES.keys()].sort();

/** What a call does when it is known to be harmless, with the files whose content it shows; undefined when it has to be allowed. */
export function harmlessCall(
  argv: readonly string[],
): { risk: 'read' | 'probe'; files: readonly string[] } | undefined {
  const [program = '', ...args] = argv;
  // By its bare name only: another path may be another program.
  const rule = RULES.get(program);
  const call = rule && readCallOf(args, rule);
  if (!rule || !call) return undefined;
  const files = rule.files?.(call.operands, call.options) ?? [];
  return files.every(isReadableFile) ? { risk: rule.isProbe ? 'probe' : 'read', files } : undefined;
}
