import type { ToolRisk } from '@opsagent/contracts';
import { ToolRegistry } from '../../src/agent/tools/tool-registry.js';
import type { TestApp } from './test-app.js';

/** The tools of these risks that ask no registered source, as a server without sources offers them. */
export function sourcelessTools({ app }: TestApp, ...risks: ToolRisk[]): string[] {
  const registry = app.get(ToolRegistry);
  const all = registry.list().filter(({ name, risk }) => risks.includes(risk) && !registry.find(name)?.sourceKinds);
  return all.map(({ name }) => name);
}
