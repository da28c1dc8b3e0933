import { AnswerUnusable } from './answer.js';
import { faultOf, retryAfterMs, saidInText } from './fault-classifier.js';
import { Faults, Refused } from './faults.js';
import type { LlmProvider } from '@opsagent/contracts';
import type { LlmConfigFacts } from '../llm-config-facts.js';
import { PROVIDERS } from '../providers/providers.js';
import type { UpstreamFailed } from './model-wire.js';
import { fitToShow } from './provider-words.js';
import { waitBeforeRetry } from './retries.js';

const KEY = 'sk-live-0123456789abcdef';
const CONFIG = {
  name: 'main',
  provider: 'openai',
  headers: () => ({}),
  apiKey: () => KEY,
} as unknown as LlmConfigFacts;
const faults = new Faults(CONFIG);

const explained = (status: number, body: unknown, retryMs?: number): UpstreamFailed => {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return faults.explain(new Refused(status, saidInText(text), retryMs, undefined)) as UpstreamFailed;
};

describe('the faults of providers', () => {
  it.each([
    ['openai', 401, { error: { message: 'Incorrect API key', code: 'invalid_api_key' } }, 'invalid_key'],
    [
      'openai',
      429,
      { error: { message: 'You exceeded your current quota', code: 'insufficient_quota' } },
      'insufficient_balance',
    ],
    ['openai', 429, { error: { message: 'Rate limit', code: 'rate_limit_exceeded' } }, 'rate_limit'],
    ['openai', 400, { error: { message: 'too long', code: 'context_length_exceeded' } }, 'context_too_long'],
    [
      'openai',
      400,
      { error: { message: 'no', type: 'invalid_request_error', code: 'unsupported_parameter' } },
      'bad_request',
    ],
    [
      'deepseek',
      402,
      { error: { message: 'Insufficient Balance', code: 'invalid_request_error' } },
      'insufficient_balance',
    ],
    ['deepseek', 400, { error: { message: 'Model Not Exist', code: 'invalid_request_error' } }, 'model_not_found'],
    ['openai', 401, { error: { message: 'You must be a member of an organization to use the API' } }, 'permission'],
    [
      'tongyi',
      400,
      { error: { code: 'invalid_parameter_error', message: 'Range of input length should be [1, 8192]' } },
      'context_too_long',
    ],
    ['doubao', 400, { error: { code: 'InvalidParameter', message: 'Input is too long' } }, 'context_too_long'],
    ['baidu', 401, { error: { code: 'invalid_model', message: 'x' } }, 'model_not_found'],
    ['baidu', 400, { error: { code: 'invalid_model', message: 'No permission to use the model' } }, 'permission'],
    ['baidu', 401, { error: { code: 'access_denied', message: 'x' } }, 'permission'],
    ['tongyi', 400, { code: 'Arrearage', message: 'Access denied', request_id: 'r-1' }, 'insufficient_balance'],
    ['tongyi', 400, { error: { code: 'data_inspection_failed', message: 'x' } }, 'content_filter'],
    ['tongyi', 429, { code: 'Throttling.AllocationQuota', message: 'x' }, 'quota_window'],
    ['doubao', 429, { error: { code: 'RateLimitExceeded.EndpointRPMExceeded', message: 'x' } }, 'rate_limit'],
    ['doubao', 404, { error: { code: 'InvalidEndpointOrModel.NotFound', message: 'x' } }, 'model_not_found'],
    ['zhipu', 429, { error: { code: '1113', message: '余额不足' } }, 'insufficient_balance'],
    ['zhipu', 400, { error: { code: '1261', message: 'Prompt 超长' } }, 'context_too_long'],
    ['moonshot', 429, { error: { type: 'engine_overloaded_error', message: 'x' } }, 'overloaded'],
    [
      'moonshot',
      400,
      { error: { type: 'invalid_request_error', message: 'Input token length too long' } },
      'context_too_long',
    ],
    ['baidu', 400, { error: { code: 'tokens_too_long', message: 'x' }, id: 'as-1' }, 'context_too_long'],
    [
      'vllm',
      404,
      { error: { message: 'The model `x` does not exist.', type: 'NotFoundError', code: 404 } },
      'model_not_found',
    ],
    ['vllm', 422, { detail: [{ msg: 'field required' }] }, 'bad_request'],
    ['ollama', 404, { error: 'model "x" not found, try pulling it first' }, 'model_not_found'],
    ['ollama', 400, { error: 'x does not support tools' }, 'bad_request'],
    ['openai-compatible', 400, [{ error: { code: 400, message: 'API key not valid' } }], 'bad_request'],
    ['openai-compatible', 429, [{ error: { message: 'You exceeded your current quota' } }], 'insufficient_balance'],
    ['openai-compatible', 400, { code: 20_012, msg: 'Model does not exist' }, 'model_not_found'],
    ['vllm', 502, '<html>Bad gateway</html>', 'server'],
    ['vllm', 503, '', 'overloaded'],
  ])('of %s, %i %j', (provider, status, body, fault) => {
    const { errors, telling } = PROVIDERS[provider as LlmProvider];
    expect(
      faultOf({ errors, telling }, status, saidInText(typeof body === 'string' ? body : JSON.stringify(body))),
    ).toBe(fault);
  });

  it('are told in a sentence with the name of the configuration and the words of the provider', () => {
    const { message, facts } = explained(429, { error: { message: 'Slow down', code: 'rate_limit_exceeded' } });
    expect(message).toBe(
      'The model configuration "main" was refused: too many requests at once (HTTP 429). The provider said: Slow down.',
    );
    expect(facts).toMatchObject({ httpStatus: 429, providerCode: 'rate_limit_exceeded', providerMessage: 'Slow down' });
  });

  it('never show the key, whole, masked or in a header', () => {
    const words = `Bad key ${KEY}, also sk-li***cdef and sk-proj-abcdef, sent as Bearer ${KEY}`;
    expect(fitToShow(words, KEY)).toBe('Bad key [key], also [key] and [key], sent as [key]');
    expect(fitToShow('No such key: 0123456789abcdef (eyJhbGciOiJIUzI1NiJ9.e30.x)', KEY)).toBe(
      'No such key: [key] ([key])',
    );
  });

  it('never show what the configuration says in headers of its own', () => {
    expect(fitToShow('Bad x-tenant "t-4711-secret"', null, { 'x-tenant': 't-4711-secret' })).toBe(
      'Bad x-tenant "[key]"',
    );
  });

  it('never show a secret in another spelling either', () => {
    const key = 'k+1/a=0123456789';
    const spelled = [
      encodeURIComponent(key),
      Buffer.from(key).toString('base64'),
      encodeURIComponent(key).toLowerCase(),
    ];
    for (const text of spelled)
      expect(fitToShow(`Moved to https://x.example.org/${text}?a=1`, key)).not.toContain(text);
    expect(fitToShow('Moved to /k%2B1/a%3d0123456789', key)).toBe('[key]');
  });

  it('cost no time, however long they are', () => {
    const at = performance.now();
    expect(fitToShow('x'.repeat(64 * 1024), KEY)).toHaveLength(500);
    expect(performance.now() - at).toBeLessThan(500);
  });

  it('show no part of a key where they are cut', () => {
    expect(fitToShow(`${' '.repeat(300)}${'x '.repeat(990)}${KEY}`, KEY)).not.toContain('sk-live');
  });

  it('are cut to 500 characters on one line', () => {
    const shown = fitToShow(`a\n\tb${'x'.repeat(1000)}`, null) ?? '';
    expect([shown.length, shown.slice(0, 4)]).toEqual([500, 'a bx']);
  });
});

describe('asking again', () => {
  const after = (status: number, retryMs?: number, attempt = 0): number | undefined =>
    waitBeforeRetry(explained(status, {}, retryMs), attempt);

  it.each([408, 429, 500, 502, 503])('is worth it after %i', (status) => {
    expect(after(status)).toBeGreaterThanOrEqual(800);
    expect(after(status, undefined, 1)).toBeLessThanOrEqual(2400);
    expect(after(status, undefined, 2)).toBeUndefined();
  });

  it.each([400, 401, 402, 403, 404, 409, 413, 422])('is no use after %i', (status) => {
    expect(after(status)).toBeUndefined();
  });

  it('waits as long as the provider asks, but no longer than twenty seconds', () => {
    expect([after(429, 3000), after(429, 120_000)]).toEqual([3000, undefined]);
  });

  it('is no use for an answer that is no answer', () => {
    expect(waitBeforeRetry(faults.explain(new AnswerUnusable('cut_off', 'x')), 0)).toBeUndefined();
  });
});

it('reads Retry-After as seconds and as a date', () => {
  const now = Date.parse('2026-01-01T00:00:00Z');
  const ms = (value?: string): number | undefined => retryAfterMs({ 'retry-after': value }, now);
  expect([ms('2'), ms('Thu, 01 Jan 2026 00:00:05 GMT'), ms('soon'), ms()]).toEqual([2000, 5000, undefined, undefined]);
});
