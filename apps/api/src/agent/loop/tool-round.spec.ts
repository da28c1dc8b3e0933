import { FixedSources } from '../../../test/support/fixed-sources.js';
import { MemoryArtifacts } from '../../../test/support/memory-artifacts.js';
import { aToolContext } from '../../../test/support/tool-context.js';
import type { TurnEvent } from '../agent-runner.js';
import { runToolRound } from './tool-round.js';
import type { ToolTurn } from './tool-turn.js';
import type { AgentTool } from '../tools/agent-tool.js';
import { ToolRegistry } from '../tools/tool-registry.js';
import { TurnBudget } from './turn-budget.js';

const aTool = (name: string, run: AgentTool['run'], more: Partial<AgentTool> = {}): AgentTool => ({
  ...{ name, description: name, parameters: { type: 'object' }, risk: 'read', label: { en: name, zh: name } },
  ...more,
  run,
});

function aTurn(...tools: AgentTool[]): ToolTurn & { events: TurnEvent[]; batches: number[] } {
  const registry = new ToolRegistry(new FixedSources());
  for (const tool of tools) registry.register(tool);
  const events: TurnEvent[] = [];
  const batches: number[] = [];
  const emit = (batch: readonly TurnEvent[]): void => {
    events.push(...batch);
    batches.push(batch.length);
  };
  const signal = new AbortController().signal;
  const rest = { artifacts: new MemoryArtifacts(), asking: 'Nobody is here.', observationCharacters: 16_000, steps: 0 };
  return {
    tools: registry.offered('all'),
    budget: new TurnBudget(),
    emit,
    signal,
    facts: aToolContext(),
    ...rest,
    events,
    batches,
  };
}

const calls = (...names: string[]) =>
  names.map((name, index) => ({ id: `c${index}`, name, arguments: `{"n":${index}}` }));

describe('a round of tools', () => {
  it('starts all its steps in one batch and runs them side by side, in the order of the calls', async () => {
    let running = 0;
    let most = 0;
    const slow = aTool('slow', async () => {
      most = Math.max(most, (running += 1));
      await new Promise(setImmediate);
      running -= 1;
      return { status: 'ok' };
    });
    const turn = aTurn(slow);
    const observations = await runToolRound(turn, 1, calls(...Array.from({ length: 10 }, () => 'slow')));
    expect(observations.map(({ call }) => call.id)).toEqual(
      calls(...Array.from({ length: 10 }, () => 'x')).map(({ id }) => id),
    );
    expect(turn.batches[0]).toBe(10);
    expect(most).toBe(6);
  });

  it('goes on counting positions from round to round', async () => {
    const turn = aTurn(aTool('t', () => Promise.resolve({ status: 'ok' })));
    await runToolRound(turn, 1, calls('t', 't'));
    await runToolRound(turn, 2, [{ id: 'x', name: 't', arguments: '{"m":1}' }]);
    const started = turn.events.filter((event) => event.type === 'step_started');
    expect(started.map(({ round, position }) => [round, position])).toEqual([
      [1, 1],
      [1, 2],
      [2, 3],
    ]);
  });

  it('gives up on a tool that takes too long', async () => {
    const turn = aTurn(aTool('never', () => new Promise(() => {}), { timeoutMs: 20 }));
    const [observation] = await runToolRound(turn, 1, calls('never'));
    expect(observation?.text).toBe('{"status":"error","message":"The tool did not finish within 0.02 s."}');
  });

  it('keeps a result that would crowd out the conversation as an artifact, and tells its beginning and end', async () => {
    const turn = aTurn(aTool('much', () => Promise.resolve({ status: 'ok', rows: 'x"'.repeat(20_000) })));
    const [observation] = await runToolRound(turn, 1, calls('much'));
    expect(observation?.text.length).toBeLessThanOrEqual(17_000);
    expect(JSON.parse(observation?.text ?? '')).toMatchObject({
      status: 'ok',
      rows: { artifact_id: expect.any(String), bytes: 40_001, lines: 1 },
    });
  });

  it('refuses calls beyond the budget, and then wants an answer', async () => {
    const done = () => Promise.resolve({ status: 'ok' as const });
    const turn = aTurn(aTool('t', done), aTool('u', done));
    await runToolRound(turn, 1, calls(...Array.from({ length: 45 }, () => 't')));
    const states = turn.events.flatMap((event) => (event.type === 'step_finished' ? [event.state] : []));
    expect([
      states.filter((state) => state === 'succeeded').length,
      states.filter((state) => state === 'refused').length,
    ]).toEqual([40, 5]);
    await runToolRound(turn, 2, [...calls(...Array.from({ length: 21 }, () => 'u'))]);
    expect(turn.budget.whyUsedUp).toContain('60 tool calls');
  });
});
