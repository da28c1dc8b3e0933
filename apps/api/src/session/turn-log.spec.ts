import type { TurnEvent } from '../agent/agent-runner.js';
import { TurnLog } from './turn-log.js';

function started(step_id: string, round: number, position: number): TurnEvent {
  return {
    type: 'step_started',
    step_id,
    round,
    position,
    tool: 'host_inspect',
    label: { en: 'Host', zh: '主机' },
    input: '{}',
    risk: 'read',
  };
}

function logOf(events: readonly TurnEvent[]): TurnLog {
  const log = new TurnLog();
  for (const event of events) log.add(event);
  return log;
}

describe('TurnLog', () => {
  it('joins the text of every round into one answer and gives each step what its round said', () => {
    const log = logOf([
      { type: 'text', delta: 'Let me ' },
      { type: 'text', delta: 'look. ' },
      started('a', 1, 1),
      started('b', 1, 2),
      { type: 'step_finished', step_id: 'b', state: 'failed', observation: 'no' },
      { type: 'step_finished', step_id: 'a', state: 'succeeded', observation: 'yes' },
      { type: 'text', delta: 'Once more. ' },
      started('c', 2, 3),
      { type: 'step_finished', step_id: 'c', state: 'succeeded', observation: 'ok' },
      { type: 'text', delta: 'Done.' },
    ]);
    expect(log.answer).toBe('Let me look. Once more. Done.');
    expect(log.steps.map(({ id, thought, state, observation }) => [id, thought, state, observation])).toEqual([
      ['a', 'Let me look. ', 'succeeded', 'yes'],
      ['b', 'Let me look. ', 'failed', 'no'],
      ['c', 'Once more. ', 'succeeded', 'ok'],
    ]);
  });

  it('adds up the usage of all model calls', () => {
    const usage = { promptTokens: 10, completionTokens: 2, cachedTokens: 1, reasoningTokens: 0, estimated: false };
    const log = logOf([
      { type: 'model_usage', usage },
      { type: 'model_usage', usage: { ...usage, estimated: true } },
    ]);
    expect(log.usage).toEqual({
      promptTokens: 20,
      completionTokens: 4,
      cachedTokens: 2,
      reasoningTokens: 0,
      estimated: true,
    });
  });

  it('closes only the steps that were never answered', () => {
    const log = logOf([
      started('a', 1, 1),
      started('b', 1, 2),
      { type: 'step_finished', step_id: 'a', state: 'succeeded', observation: '' },
    ]);
    log.closeSteps('stopped');
    expect(log.steps.map(({ state }) => state)).toEqual(['succeeded', 'stopped']);
    expect(log.steps.every(({ finishedAt }) => finishedAt !== null)).toBe(true);
  });
});
