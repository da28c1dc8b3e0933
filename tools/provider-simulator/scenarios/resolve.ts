import type { Memory } from '../route.ts';
import { chosenFor, type Chosen } from './catalogue.ts';
import type { Wire } from './scenario.ts';

/** @returns what this request of that model gets on that wire; undefined when the wire has no such model. */
export function resolveModel(model: string, wire: Wire, memory: Memory): Chosen | undefined {
  const chosen = chosenFor(model);
  if (!chosen?.scenario.wires.includes(wire)) return undefined;
  const { scenario } = chosen;
  const hasFailed = scenario.kind === 'fault' && scenario.once && !memory.isFirst(model);
  return hasFailed ? chosenFor('sim-text') : chosen;
}
