import type { StepDto } from '@opsagent/contracts';
import { aMessage } from './test-server.js';
import { answerText, askedTurn, isOpen, plainText, turnOf } from './turn.js';

function aStep(id: string, round: number, thought: string): StepDto {
  return {
    ...{ step_id: id, position: 1, round, thought, tool: 'host_inspect', label: { en: 'Inspect', zh: '查看' } },
    ...{ input: '{}', artifact_id: null, observation: 'ok', risk: 'read', state: 'succeeded' },
    ...{ started_at: '2026-01-01T00:00:00.000Z', finished_at: '2026-01-01T00:00:00.250Z' },
  };
}

describe('turnOf', () => {
  it('puts the stored steps between what was said before and after them', () => {
    const steps = [aStep('a', 1, 'Look. '), aStep('b', 1, 'Look. '), aStep('c', 2, 'Again. ')];
    const turn = turnOf(aMessage({ answer: 'Look. Again. Done.', steps }));
    expect(
      turn.parts.map((part) => (part.kind === 'text' ? part.text : part.steps.map(({ step_id }) => step_id))),
    ).toEqual(['Look. ', ['a', 'b'], 'Again. ', ['c'], 'Done.']);
    expect(answerText(turn)).toBe('Look. Again. Done.');
  });

  it('loses no text when the steps say something else', () => {
    const turn = turnOf(aMessage({ answer: 'The answer.', steps: [aStep('a', 1, 'Unknown')] }));
    expect(answerText(turn)).toBe('The answer.');
  });

  it('knows how long a stored step took', () => {
    const [part] = turnOf(aMessage({ steps: [aStep('a', 1, '')] })).parts;
    expect(part).toMatchObject({ kind: 'steps', steps: [{ tookMs: 250 }] });
  });
});

describe('isOpen', () => {
  it('is true until the answer has ended', () => {
    const asked = askedTurn('q', new Date(0));
    expect(isOpen(asked)).toBe(true);
    expect(isOpen({ ...asked, status: 'running' })).toBe(true);
    expect(isOpen({ ...asked, status: 'unsent' })).toBe(false);
    expect(isOpen({ ...asked, status: 'stopped' })).toBe(false);
  });
});

describe('plainText', () => {
  const plain = (answer: string) => plainText(turnOf(aMessage({ answer })));

  it('leaves the marks of Markdown out and keeps the words', () => {
    expect(plain('# Disk\n\n**Full** at `/var`, see [docs](https://docs.example) ~~now~~\n> quoted')).toBe(
      'Disk\n\nFull at /var, see docs (https://docs.example) now\nquoted',
    );
  });

  it('leaves code as it is', () => {
    expect(plain('Run:\n\n```sh\n# all **of** it\nps aux\n```\nDone.')).toBe('Run:\n\n# all **of** it\nps aux\nDone.');
  });
});
