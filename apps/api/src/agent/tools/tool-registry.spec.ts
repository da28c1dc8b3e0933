import { FixedSources } from '../../../test/support/fixed-sources.js';
import { systemPrompt, toolRules } from '../prompt.js';
import type { AgentTool } from './agent-tool.js';
import { ToolRegistry } from './tool-registry.js';

const aTool = (name: string, more: Partial<AgentTool> = {}): AgentTool => ({
  ...{ name, description: name, parameters: { type: 'object' }, risk: 'read', label: { en: name, zh: name } },
  run: () => Promise.resolve({ status: 'ok' }),
  ...more,
});

function registryWith(...kinds: ('prometheus' | 'alertmanager')[]): ToolRegistry {
  const sources = kinds.map((kind) => ({ name: `the-${kind}`, kind, environment: 'test', settings: {}, secrets: {} }));
  const registry = new ToolRegistry(new FixedSources(sources));
  registry.register(aTool('plain'));
  registry.register(aTool('asks', { sourceKinds: ['prometheus'] }));
  return registry;
}

describe('the registry of tools', () => {
  it('offers a tool only where there is a source for it', () => {
    expect(registryWith().offered('all').specs).toMatchObject([{ name: 'plain' }]);
    expect(registryWith('alertmanager').offered('all').find('asks')).toBeUndefined();
    expect(registryWith('prometheus').offered('all').specs).toMatchObject([{ name: 'plain' }, { name: 'asks' }]);
  });

  it('offers a tool that can do without a source everywhere, and names the sources that it could ask', () => {
    const cases: 'prometheus'[][] = [[], ['prometheus']];
    for (const kinds of cases) {
      const registry = registryWith(...kinds);
      registry.register(aTool('both', { sourceKinds: ['prometheus'], worksWithoutSource: true }));
      expect(registry.offered(['both'])).toMatchObject({
        specs: [{ name: 'both' }],
        sources: kinds.map((kind) => ({ name: `the-${kind}` })),
      });
    }
  });

  it('tells the model the names of the sources that its tools can ask, and of no others', () => {
    const tools = registryWith('prometheus', 'alertmanager').offered('all');
    for (const told of [systemPrompt(new Date(0), tools), toolRules(tools)]) {
      expect(told).toContain('- the-prometheus (prometheus, test)');
      expect(told).not.toContain('the-alertmanager');
    }
    expect(toolRules(registryWith().offered([]))).toBe('');
  });
});
