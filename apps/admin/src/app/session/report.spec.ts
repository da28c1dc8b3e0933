import type { ApprovalDto, StepDto } from '@opsagent/contracts';
import { reportOf, type ReportWords } from './report.js';
import { aMessage, aSession } from './test-server.js';

const words: ReportWords = {
  text: (key, facts) => (facts ? `${key} ${Object.values(facts).join('/')}` : key),
  named: (name) => `${name}: `,
  label: ({ en }) => en,
  state: (state) => state,
  ending: ({ state, decided_by: by }) => (state === 'pending' ? '' : `${state} by ${by}`),
  moment: (iso) => iso.slice(11, 16),
  duration: (ms) => `${ms} ms`,
};

const step = (facts: Partial<StepDto> = {}): StepDto => ({
  ...{ step_id: 't', position: 1, round: 1, thought: 'Let me restart it. ', tool: 'restart_service' },
  ...{ label: { en: 'Restart', zh: '重启' }, input: '{"service":"nginx"}', observation: 'done', artifact_id: null },
  ...{ risk: 'dangerous', state: 'succeeded', started_at: '2026-01-01T10:00:00.000Z' },
  finished_at: '2026-01-01T10:00:01.000Z',
  ...facts,
});

const approval = {
  ...{
    step_id: 't',
    created_at: '2026-01-01T10:00:00.000Z',
    summary: 'systemctl restart nginx | tee',
    target: 'web-1',
  },
  ...{ state: 'approved', decided_by: 'Ann', decision_reason: 'go', outcome: 'finished', acknowledge_note: null },
} as ApprovalDto;

const report = (facts: Partial<Parameters<typeof reportOf>[0]> = {}) =>
  reportOf(
    {
      session: aSession({ session_name: 'nginx\nhangs' }),
      messages: [aMessage({ query: 'why?', answer: 'Let me restart it. It is back.', steps: [step()] })],
      approvals: [approval],
      ...{ author: 'Bob', madeAt: '2026-01-01T12:00:00.000Z' },
      ...facts,
    },
    words,
  );

describe('a hand-over report', () => {
  it('says what was concluded, done, found and allowed', () => {
    const text = report();
    expect(text).toMatch(/^# heading nginx hangs\n/);
    expect(text).toContain('## conclusion\n\n> It is back.\n');
    // What was said before a step stands before it, and the answer behind it.
    expect(text).toMatch(
      /> Let me restart it\.\n[\s\S]*\*\*step 1 Restart[\s\S]*\*\*answer\*\*[^\n]*\n\n> It is back\.\n/,
    );
    expect(text).toContain('**step 1 Restart** `restart_service` · 10:00 · succeeded · 1000 ms');
    expect(text).toContain('approval: approved by Ann (go)');
    expect(text).toContain('"service": "nginx"');
    expect(text).toContain('systemctl restart nginx \\| tee');
  });

  it('holds no secrets, wherever they were written', () => {
    const key = 'sk-0123456789abcdefghijklmnop';
    const text = report({
      messages: [
        aMessage({
          query: `my key is ${key}`,
          answer: 'password: hunter22',
          steps: [step({ input: `{"token":"${key}"}`, observation: `api_key=${key}` })],
        }),
      ],
    });
    expect(text).not.toContain(key);
    expect(text).not.toContain('hunter22');
    expect(text).toContain('[redacted]');
  });

  it('cannot be taken over by what a tool said', () => {
    const text = report({
      messages: [aMessage({ steps: [step({ observation: '```\n# forged\n````' })], answer: '## forged too' })],
    });
    expect(text).toContain('`````\n```\n# forged\n````\n`````');
    expect(text).not.toMatch(/^## forged/m);
  });

  it('repeats only the beginning of a long result', () => {
    const text = report({ messages: [aMessage({ steps: [step({ observation: 'x'.repeat(5_000) })] })] });
    expect(text).toContain('cut 3000');
    expect(text).not.toContain('x'.repeat(2_001));
  });
});
