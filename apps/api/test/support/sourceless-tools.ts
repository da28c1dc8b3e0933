import type { ToolRisk } from '@opsagent/contracts';
import { ToolRegistry } from '../../src/agent/tools/tool-registry.js';
import type { TestApp } from './test-app.js';

/** The tools of these risks that need no registered source, as a server without sources offers them. */
export function sourcelessTools({ app }: TestApp, ...risks: ToolRisk[]): string[] {
  const registry = app.get(ToolRegistry);
  const needsNone = (name: string): boolean => {
    const { sourceKinds, worksWithoutSource } = registry.find(name) ?? {};
    return !sourceKinds || worksWithoutSource === true;
  };
  return registry.list().flatMap(({ name, risk }) => (risks.includes(risk) && needsNone(name) ? [name] : []));
}
