import type { ProblemDto } from '@opsagent/contracts';
import { LlmConfigClient } from './support/llm-config-client.js';
import { startTestApp, type TestApp } from './support/test-app.js';

const UNKNOWN = '00000000-0000-4000-8000-000000000000';

describe('the chain of fallbacks of a configuration', () => {
  let app: TestApp;
  let configs: LlmConfigClient;

  beforeAll(async () => {
    app = await startTestApp();
    configs = new LlmConfigClient(app);
  });

  afterAll(() => app.close());

  const refusalOf = async (method: string, path: string, values: unknown): Promise<string> => {
    const { status, body } = await configs.send<ProblemDto>(method, path, values);
    expect(status).toBe(400);
    expect(body.errors?.map(({ field }) => field)).toEqual(['fallback_ids']);
    return body.errors?.[0]?.message ?? '';
  };

  it('names existing others of the same kind only', async () => {
    const [main, spare] = [await configs.create({}), await configs.create({})];
    const embedding = await configs.create({ is_embedding: true });
    const path = `/${main.id}`;
    expect(await refusalOf('PUT', path, { fallback_ids: [main.id] })).toMatch(/itself/);
    expect(await refusalOf('PUT', path, { fallback_ids: [UNKNOWN] })).toMatch(/no model configuration/);
    expect(await refusalOf('PUT', path, { fallback_ids: [embedding.id] })).toMatch(/other kind/);
    expect(await refusalOf('POST', '', { ...values('new'), fallback_ids: [embedding.id] })).toMatch(/other kind/);
    expect((await configs.send('PUT', path, { fallback_ids: [spare.id.toUpperCase()] })).status).toBe(200);
  });

  it('keeps its members from being deleted unasked, and loses them when that is forced', async () => {
    const spare = await configs.create({});
    const main = await configs.create({ name: 'in front', fallback_ids: [spare.id] });
    const refused = await configs.send<ProblemDto>('DELETE', `/${spare.id}`);
    expect(refused.status).toBe(409);
    expect(refused.body.detail).toContain('1 fallback chain ("in front")');
    expect((await configs.send('DELETE', `/${spare.id}?force=true`)).status).toBe(204);
    // A chain that still named it would be refused now.
    expect((await configs.send('PUT', `/${main.id}`, { description: 'changed' })).status).toBe(200);
  });
});

function values(name: string): Record<string, unknown> {
  return { name, provider: 'openai', model_name: 'sim-text', api_key: 'sk-test-key-0001' };
}
