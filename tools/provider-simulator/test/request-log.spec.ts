import { createHash } from 'node:crypto';
import { Agent, request } from 'node:http';
import { startSimulator, type LogRecord, type Simulator } from '../simulator.ts';
import { ask, CHAT, chatBody, post } from './client.ts';

let simulator: Simulator;
beforeEach(async () => {
  simulator = await startSimulator();
});
afterEach(() => simulator.close());

describe('the request log', () => {
  it('keeps what was really sent, but only a hash of the key', async () => {
    const body = chatBody('sim-text', { temperature: 0.5 });
    await ask(simulator, CHAT, body);
    const record = await simulator.requests.waitFor((one) => one.endedAt !== null);
    expect(record).toMatchObject({
      method: 'POST',
      path: CHAT,
      model: 'sim-text',
      body,
      status: 200,
      finishedWriting: true,
      aborted: false,
    });
    expect(record.headers['authorization']).toBe(createHash('sha256').update('sim-key').digest('hex'));
    expect(record.firstByteAt).toBeGreaterThanOrEqual(record.startedAt);
    expect(record.endedAt).toBeGreaterThanOrEqual(record.firstByteAt!);
  });

  it('keeps a body that is not JSON as text', async () => {
    await ask(simulator, CHAT, 'not json');
    expect(simulator.requests.last()).toMatchObject({ body: 'not json', model: null, status: 400 });
  });

  it('notices within moments that a client has left in the middle of a stream', async () => {
    const abort = new AbortController();
    const response = await post(simulator, CHAT, chatBody('sim-slow-20-500', { stream: true }), {
      signal: abort.signal,
    });
    await response.body!.getReader().read();
    const left = performance.timeOrigin + performance.now();
    abort.abort();
    const record = await simulator.requests.waitFor((one) => one.closedAt !== null, 2_000);
    expect(record).toMatchObject({ aborted: true, finishedWriting: false });
    expect(record.closedAt! - left).toBeLessThan(500);
  });

  it('tells requests of one connection from those of others', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    await listModels(agent);
    await listModels(agent);
    agent.destroy();
    await listModels(undefined);
    const [first, second, third] = simulator.requests.all();
    expect(second?.socketId).toBe(first?.socketId);
    expect(third?.socketId).not.toBe(first?.socketId);
  });

  it('leaves closedAt open while the connection is kept alive', async () => {
    const agent = new Agent({ keepAlive: true });
    await listModels(agent);
    const record = await simulator.requests.waitFor((one) => one.finishedWriting);
    expect(record.closedAt).toBeNull();
    agent.destroy();
    expect((await simulator.requests.waitFor((one) => one.closedAt !== null)).id).toBe(record.id);
  });

  it('finds records by model and forgets them on request', async () => {
    await Promise.all(['sim-echo-a', 'sim-echo-b', 'sim-echo-a'].map((model) => ask(simulator, CHAT, chatBody(model))));
    expect(simulator.requests.ofModel('sim-echo-a')).toHaveLength(2);
    simulator.requests.clear();
    expect([simulator.requests.all(), simulator.requests.last()]).toEqual([[], undefined]);
  });

  it('says what it saw when nothing matches in time', async () => {
    await ask(simulator, CHAT, chatBody('sim-text'));
    await expect(simulator.requests.waitFor((one) => one.model === 'other', 20)).rejects.toThrow(
      /no request matched within 20 ms; the last were: #1 POST .*sim-text/,
    );
  });

  it('is read and cleared over HTTP without appearing in itself', async () => {
    await ask(simulator, CHAT, chatBody('sim-text-1'));
    await ask(simulator, CHAT, chatBody('sim-text-2'));
    const read = async (query = ''): Promise<LogRecord[]> =>
      (await (await fetch(`${simulator.url}/__log${query}`)).json()) as LogRecord[];
    expect((await read()).map((record) => record.model)).toEqual(['sim-text-1', 'sim-text-2']);
    expect(await read('?model=sim-text-2')).toHaveLength(1);
    await fetch(`${simulator.url}/__log`, { method: 'DELETE' });
    expect(await read()).toEqual([]);
  });

  it('keeps the last ten thousand requests', () => {
    const { requests } = simulator;
    for (let socketId = 0; socketId < 11_500; socketId += 1) {
      requests.open({ method: 'GET', path: '/', headers: {}, socketId, startedAt: 0 });
    }
    expect([requests.all().length, requests.all()[0]?.socketId]).toEqual([10_000, 1_500]);
  });

  it('can be switched off', async () => {
    const silent = await startSimulator({ log: false });
    const { status } = await ask(silent, CHAT, chatBody('sim-text'));
    expect([status, silent.requests.all()]).toEqual([200, []]);
    await silent.close();
  });
});

describe('closing', () => {
  it('ends open streams', async () => {
    const response = await post(simulator, CHAT, chatBody('sim-stall', { stream: true }));
    const reading = response.text();
    await Promise.all([simulator.close(), expect(reading).rejects.toThrow('terminated')]);
  });
});

/** One request over the given agent's connections; without one, over a connection of its own. */
function listModels(agent: Agent | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const call = request(`${simulator.url}/ollama/api/tags`, { agent: agent ?? false }, (response) => {
      response.resume();
      response.on('close', () => resolve());
    });
    call.on('error', reject);
    call.end();
  });
}
