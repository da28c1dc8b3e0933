import type { LlmConfigDto } from '@opsagent/contracts';
import { figuresOf, healthOf } from './figures.js';

const counts = { requests: 0, failed: 0, firstTokenP95Ms: null };

const config = (id: string, values: Partial<LlmConfigDto> = {}): LlmConfigDto =>
  ({ id, name: id, provider: 'openai', is_embedding: false, ...values }) as LlmConfigDto;

const quarter = (llmConfigId: string, at: number, requests: number, failed = 0) => ({
  ...{ llmConfigId, quarter: at, requests, failed },
});

describe('the figures', () => {
  it('stand beside those of a week ago', () => {
    const now = { requests: 40, failed: 10, firstTokenP95Ms: 812.4 };
    expect(figuresOf(now, counts, [])).toMatchObject({
      requests: { now: 40, before: 0 },
      error_rate: { now: 0.25, before: null },
      first_token_p95_ms: { now: 812, before: null },
    });
  });

  it('add up four quarters and all configurations to an hour', () => {
    const quarters = [quarter('a', 0, 1), quarter('a', 3, 2, 1), quarter('b', 3, 4), quarter('b', 95, 8, 8)];
    const { requests_by_hour, errors_by_hour } = figuresOf(counts, counts, quarters);
    expect(requests_by_hour).toHaveLength(24);
    expect([requests_by_hour[0], requests_by_hour[1], requests_by_hour[23]]).toEqual([7, 0, 8]);
    expect([errors_by_hour[0], errors_by_hour[23]]).toEqual([1, 8]);
  });
});

describe('the health of configurations', () => {
  it('has 96 quarters for each chat configuration, asked or not', () => {
    const [health, ...others] = healthOf([config('a'), config('e', { is_embedding: true })], []);
    expect(others).toEqual([]);
    expect(health).toEqual({
      ...{ llm_config_id: 'a', name: 'a', provider: 'openai' },
      requests: new Array<number>(96).fill(0),
      errors: new Array<number>(96).fill(0),
    });
  });

  it('puts the worst first and leaves out what is no longer active', () => {
    const quarters = [
      quarter('good', 5, 1000, 5),
      quarter('bad', 5, 4, 2),
      quarter('bad', 6, 4, 2),
      quarter('gone', 5, 1, 1),
      quarter('worst', 95, 1, 1),
    ];
    const health = healthOf(
      ['good', 'idle', 'bad', 'worst'].map((id) => config(id)),
      quarters,
    );
    expect(health.map(({ name }) => name)).toEqual(['worst', 'bad', 'good', 'idle']);
    expect(health[1]?.errors.slice(5, 7)).toEqual([2, 2]);
  });
});
