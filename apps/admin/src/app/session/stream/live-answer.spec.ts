import { answerText, askedTurn } from '../turn.js';
import { LiveAnswer } from './live-answer.js';
import { eventsOf, shortAnswer, type EventFacts } from './test-events.js';

const label = { en: 'Inspect a host', zh: '查看主机' };
const stepStarted = (id: string, round: number): EventFacts => ({
  type: 'step_started',
  step_id: id,
  position: 1,
  round,
  tool: 'host_inspect',
  label,
  input: '{}',
  risk: 'read',
});

function answerOf(...facts: EventFacts[]) {
  let time = 0;
  const answer = new LiveAnswer(askedTurn('why?', new Date(0)), () => (time += 100));
  answer.apply(eventsOf(...facts));
  return answer;
}

describe('LiveAnswer', () => {
  it('puts the pieces of text together unchanged', () => {
    const answer = new LiveAnswer(askedTurn('why?', new Date(0)));
    answer.apply(shortAnswer());
    const view = answer.view();
    expect(answerText(view)).toBe('你好, "world" \\ 🚒\n\n\u2028 data: x');
    expect(view).toMatchObject({ status: 'finished', message_id: 'message-1', model_name: 'model-1' });
    expect(answer).toMatchObject({ sessionId: 'session-1', runId: 'run-1' });
  });

  it('knows who answers in whose place and why, and what that cost', () => {
    const usage = { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2, cached_tokens: 0, reasoning_tokens: 0 };
    const view = answerOf(
      { type: 'turn_started', session_id: 's', llm_config_id: 'first', model_name: 'model-1' },
      {
        type: 'model_changed',
        llm_config_id: 'other',
        model_name: 'model-2',
        from_llm_config_id: 'first',
        kind: 'rate_limit',
      },
      {
        ...{ type: 'usage', usage: { ...usage, estimated: false }, first_token_ms: 1, total_ms: 2 },
        ...{ total_price: '0.5', currency: 'CNY' },
      },
    ).view();
    expect(view).toMatchObject({ llm_config_id: 'other', model_name: 'model-2', total_price: '0.5', currency: 'CNY' });
    expect(view.modelChange).toEqual({ from: 'model-1', kind: 'rate_limit' });
  });

  it('keeps text and tool calls in the order in which they came', () => {
    const { parts } = answerOf(
      { type: 'text', delta: 'Let me look.' },
      stepStarted('a', 1),
      stepStarted('b', 1),
      { type: 'step_finished', step_id: 'b', state: 'failed', observation: 'no' },
      { type: 'step_finished', step_id: 'a', state: 'succeeded', observation: 'yes' },
      stepStarted('c', 2),
      { type: 'text', delta: 'Done' },
      { type: 'text', delta: '.' },
    ).view();
    expect(parts.map((part) => (part.kind === 'text' ? part.text : part.steps.map((step) => step.state)))).toEqual([
      'Let me look.',
      ['succeeded', 'failed'],
      ['running'],
      'Done.',
    ]);
  });

  it('shows what a tool says while it runs, then what the model reads', () => {
    const answer = answerOf(stepStarted('a', 1), { type: 'step_output', step_id: 'a', delta: 'line' });
    expect(answer.view().parts[0]).toMatchObject({ steps: [{ observation: 'line', tookMs: null }] });
    answer.apply(eventsOf({ type: 'step_finished', step_id: 'a', state: 'succeeded', observation: 'all' }));
    expect(answer.view().parts[0]).toMatchObject({ steps: [{ observation: 'all', tookMs: 100 }] });
  });

  it('keeps the last lines of a talkative tool alone', () => {
    const delta = Array.from({ length: 500 }, (_, index) => `line ${index}\n`).join('');
    const [part] = answerOf(stepStarted('a', 1), { type: 'step_output', step_id: 'a', delta }).view().parts;
    const { observation } = (part as { steps: { observation: string }[] }).steps[0];
    expect(observation.split('\n')).toHaveLength(201);
    expect(observation).toMatch(/^line 300\n[^]*line 499\n$/);
  });

  it('lets a call wait until somebody decides, and counts the action alone', () => {
    const requested: EventFacts = {
      ...{ type: 'approval_requested', approval_id: 'p', step_id: 'a', risk: 'dangerous' },
      ...{ summary: 'systemctl restart nginx', expires_at: '2026-01-01T00:00:00.000Z' },
    };
    const answer = answerOf(stepStarted('a', 1), requested);
    const stepOf = () => (answer.view().parts[0] as { steps: object[] }).steps[0];
    expect(stepOf()).toMatchObject({ state: 'waiting_approval', approval: { id: 'p', decision: null } });
    const resolved: EventFacts = { type: 'approval_resolved', approval_id: 'p', decision: 'approved', by: 'Ann' };
    answer.apply(eventsOf(resolved));
    expect(stepOf()).toMatchObject({ state: 'running', approval: { decision: 'approved', by: 'Ann' } });
    answer.apply(eventsOf({ type: 'step_finished', step_id: 'a', state: 'succeeded', observation: 'ok' }));
    expect(stepOf()).toMatchObject({ state: 'succeeded', tookMs: 100, approval: { by: 'Ann' } });
  });

  it('does not let a rejected call seem to run', () => {
    const answer = answerOf(
      stepStarted('a', 1),
      {
        ...{ type: 'approval_requested', approval_id: 'p', step_id: 'a', risk: 'dangerous', summary: 'x' },
        expires_at: '2026-01-01T00:00:00.000Z',
      },
      { type: 'approval_resolved', approval_id: 'p', decision: 'rejected', by: 'Ann' },
    );
    expect(answer.view().parts[0]).toMatchObject({ steps: [{ state: 'waiting_approval' }] });
  });

  it('measures how long the model thought', () => {
    const answer = answerOf(
      { type: 'reasoning', delta: 'hm' },
      { type: 'reasoning', delta: 'm' },
      { type: 'text', delta: 'yes' },
    );
    expect(answer.view()).toMatchObject({ reasoning: 'hmm', reasoningMs: 100 });
  });

  it('keeps what came before a failure', () => {
    const answer = answerOf(
      { type: 'text', delta: 'half' },
      { type: 'turn_failed', kind: 'cut_off', code: 'upstream/cut-off', detail: 'The stream ended early.' },
    );
    expect(answer.view()).toMatchObject({ status: 'failed', error: { kind: 'cut_off' }, parts: [{ text: 'half' }] });
  });

  it('ignores events that it does not know', () => {
    const answer = answerOf({ type: 'text', delta: 'a' }, { type: 'news' } as unknown as EventFacts);
    expect(answerText(answer.view())).toBe('a');
  });
});
