import { randomUUID } from 'node:crypto';
import { Client } from './client.ts';
import { readStream } from './event-stream.ts';
import type { Report } from './report.ts';

interface Answer {
  readonly answer: string;
  readonly conversation_id: string;
}

/** A Dify client's calls: whole and streamed answers and the list of conversations. */
export async function checkDify(report: Report, url: string, appKey: string, config?: string): Promise<void> {
  const client = new Client(url, appKey);
  const user = `verify-${randomUUID()}`;
  const question = { query: 'OpsAgent verify', inputs: {}, user, ...(config && { model_config_id: config }) };
  const ask = (response_mode: string, conversation_id = ''): Promise<Response> =>
    client.send('POST', '/v1/chat-messages', { ...question, response_mode, conversation_id });
  let conversation = '';
  await report.check('/v1 streamed answer', async () => {
    const { frames } = await readStream(await ask('streaming'));
    const kinds = frames.map(({ data }) => String(data['event']));
    if (kinds.at(-1) !== 'message_end')
      throw new Error(`it ends with ${JSON.stringify(frames.at(-1)?.data).slice(0, 300)}`);
    conversation = String(frames[0]?.data['conversation_id']);
    return `${kinds.length} events`;
  });
  if (conversation) report.atTheEnd('the conversation is deleted', () => remove(client, conversation, user));
  await report.check('/v1 blocking answer', async () => {
    const whole = (await (await ask('blocking', conversation)).json()) as Answer;
    if (!conversation)
      report.atTheEnd('the conversation is deleted', () => remove(client, whole.conversation_id, user));
    if (!whole.answer) throw new Error('the answer is empty');
    return `${whole.answer.length} characters`;
  });
  await report.check('/v1 conversations', async () => {
    const { data } = await client.json<{ data: { id: string }[] }>('GET', `/v1/conversations?user=${user}`);
    if (!data.some(({ id }) => id === conversation)) throw new Error('the conversation is not in the list');
  });
}

function remove(client: Client, id: string, user: string): Promise<Response> {
  return client.send('DELETE', `/v1/conversations/${id}`, { user });
}
