import { connect, type Socket } from 'node:net';
import { expectedText } from '../../../tools/provider-simulator/simulator.ts';
import { APP_KEY, DifyServer, answerIn, eventsIn } from './support/dify-server.js';
import { eventually } from './support/eventually.js';

describe('a client that does not read what an agent says', () => {
  let dify: DifyServer;
  const sockets: Socket[] = [];

  beforeAll(async () => {
    dify = await DifyServer.start();
  });

  afterAll(async () => {
    for (const socket of sockets) socket.destroy();
    await dify.close();
  });

  /** Asks over a bare connection (of HTTP 1.0: no chunks) and lets the beginning of the answer come, without reading it. */
  const askAndStall = async (model: string, user: string): Promise<Socket> => {
    const model_config_id = await dify.config(model);
    const body = JSON.stringify({ query: 'x', inputs: {}, user, response_mode: 'streaming', model_config_id });
    const socket = connect(Number(new URL(dify.app.url).port), '127.0.0.1');
    sockets.push(socket);
    // To be reset is what one of these tests does to it.
    socket.on('error', () => undefined);
    socket.write(
      `POST /v1/chat-messages HTTP/1.0\r\nHost: x\r\nAuthorization: Bearer ${APP_KEY}\r\n` +
        `Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
    );
    await eventually(() => socket.readableLength > 10_000);
    return socket;
  };

  it('ends its model’s call within two seconds of vanishing, and what came is kept', async () => {
    const model = 'sim-text-150000-vanish';
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
    // More than the buffers on the way hold.
    const socket = await askAndStall('sim-text-40000-again', 'returner');
    await dify.stream('sim-echo', 'x');
    const text = Buffer.concat((await socket.toArray()) as Buffer[]).toString();
    const frames = text.slice(text.indexOf('\r\n\r\n') + 4);
    expect(answerIn(eventsIn(frames))).toBe(expectedText('sim-text-40000'));
  });
});
