import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { expectedText } from '../../../tools/provider-simulator/simulator.ts';
import { APP_KEY, DifyServer, answerIn, eventsIn } from './support/dify-server.js';
import { eventually } from './support/eventually.js';

/** More than all buffers between a model and a client that does not read can hold: over 30 MB on either side. */
const ENDLESS = 'sim-text-150000';

describe.each(['chat', 'agent-chat'] as const)('a client that does not read what an app of mode %s says', (mode) => {
  let dify: DifyServer;
  const sockets: Socket[] = [];

  beforeAll(async () => {
    dify = await DifyServer.start({ OPSAGENT_APP_MODE: mode });
    await dify.config('sim-text-200');
  });

  afterAll(async () => {
    for (const socket of sockets) socket.destroy();
    await dify.close();
  });

  /** Asks over a bare connection (of HTTP 1.0: no chunks) and waits for the first bytes of the answer, without reading them. */
  const askAndStall = async (model: string, user: string): Promise<Socket> => {
    const model_config_id = await dify.config(model);
    const body = JSON.stringify({ query: 'x', inputs: {}, user, response_mode: 'streaming', model_config_id });
    const socket = connect(Number(new URL(dify.app.url).port), '127.0.0.1');
    sockets.push(socket);
    // Being reset is what some of these tests do to it.
    socket.on('error', () => undefined);
    socket.write(
      `POST /v1/chat-messages HTTP/1.0\r\nHost: x\r\nAuthorization: Bearer ${APP_KEY}\r\n` +
        `Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
    );
    await once(socket, 'readable');
    return socket;
  };
  const recordOf = (model: string) => dify.simulator.requests.ofModel(model)[0];

  it('makes its model wait and nobody else', async () => {
    const model = `${ENDLESS}-stall`;
    await askAndStall(model, 'staller');
    const others = await Promise.all(Array.from({ length: 5 }, () => dify.stream('sim-text-200', 'x')));
    for (const { events } of others) expect(answerIn(events)).toBe(expectedText('sim-text-200'));
    const whole = await dify.ask('sim-text-200', 'x');
    expect(whole.body['answer']).toBe(expectedText('sim-text-200'));
    expect(recordOf(model)).toMatchObject({ finishedWriting: false, aborted: false });
  });

  it('ends its model’s call within two seconds of vanishing, and what came is kept', async () => {
    const model = `${ENDLESS}-vanish`;
    const socket = await askAndStall(model, 'vanisher');
    socket.resetAndDestroy();
    await dify.simulator.requests.waitFor((request) => request.model === model && request.aborted, 2_000);
    await eventually(async () => {
      const { body } = await dify.call<{ data: { id: string }[] }>('GET', '/v1/conversations?user=vanisher');
      const path = `/v1/messages?user=vanisher&conversation_id=${String(body.data[0]?.id)}`;
      const page = await dify.call<{ data: { answer: string; status: string }[] }>('GET', path);
      const [message] = page.body.data;
      return message?.status === 'normal' && message.answer !== '' && expectedText(model).startsWith(message.answer);
    });
  });

  it('gets everything when it reads again', async () => {
    const socket = await askAndStall('sim-text-3000-again', 'returner');
    await dify.stream('sim-text-200', 'x');
    const text = Buffer.concat((await socket.toArray()) as Buffer[]).toString();
    const frames = text.slice(text.indexOf('\r\n\r\n') + 4);
    expect(answerIn(eventsIn(frames))).toBe(expectedText('sim-text-3000'));
  });
});
