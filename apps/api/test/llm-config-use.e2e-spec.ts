import { DifyServer } from './support/dify-server.js';
import { eventually } from './support/eventually.js';

/** What a change of a configuration means for the chats that use it: at once, and never silently another model. */
describe('using model configurations', () => {
  let server: DifyServer;

  beforeAll(async () => {
    server = await DifyServer.start();
  });

  afterAll(() => server.close());

  const configs = (method: string, path: string, body?: Record<string, unknown>) =>
    server.api(method, `/api/llm-configs${path}`, body);

  it('counts uses and says when the last one was, without calling that a change', async () => {
    const id = await server.config('sim-echo');
    const { body: before } = await configs('GET', `/${id}`);
    for (let n = 0; n < 3; n++) expect((await server.ask('sim-echo', 'hello')).status).toBe(200);
    await eventually(async () => (await configs('GET', `/${id}`)).body['usage_count'] === 3);
    const { body } = await configs('GET', `/${id}`);
    expect(body['last_used_at']).toEqual(expect.any(String));
    expect(body['updated_at']).toBe(before['updated_at']);
  });

  it('answers with the changed configuration from the very next question on', async () => {
    const id = await server.config('sim-text-3-before');
    await server.ask('sim-text-3-before', 'hello');
    await configs('PUT', `/${id}`, { model_name: 'sim-text-3-after', temperature: 0.3 });
    await server.ask('sim-text-3-before', 'hello');
    expect(server.simulator.requests.ofModel('sim-text-3-before')).toHaveLength(1);
    const [request] = server.simulator.requests.ofModel('sim-text-3-after');
    expect(request?.body).toMatchObject({ temperature: 0.3 });
  });

  it('refuses visibly what is switched off or gone, and reaches no model', async () => {
    const id = await server.config('sim-text-4-off');
    await configs('POST', `/${id}/toggle-status`);
    const off = await server.ask('sim-text-4-off', 'hello');
    expect(off.status).toBe(400);
    expect(JSON.stringify(off.body)).toContain('not active');
    await configs('DELETE', `/${id}?force=true`);
    const gone = await server.ask('sim-text-4-off', 'hello');
    expect([400, 404]).toContain(gone.status);
    expect(server.simulator.requests.ofModel('sim-text-4-off')).toHaveLength(0);
  });

  it('uses the key that was entered last', async () => {
    const id = await server.config('sim-text-5-key', { api_key: 'wrong-key-0001' });
    expect((await configs('POST', `/${id}/test`, {})).body).toMatchObject({ success: false, kind: 'invalid_key' });
    await configs('PUT', `/${id}`, { api_key: 'sim-key' });
    expect((await configs('POST', `/${id}/test`, {})).body).toMatchObject({ success: true });
  });
});
