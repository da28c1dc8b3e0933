import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { LlmConfigTestDto, ProblemDto } from '@opsagent/contracts';
import { aUser } from './support/a-user.js';
import { LlmConfigClient } from './support/llm-config-client.js';
import { REFUSED_HOSTS } from './support/refused-hosts.js';
import { startTestApp, type TestApp } from './support/test-app.js';

const CLOSED = 1;
/** A user may begin so many tests before they are told to wait. */
const HOSTS_OF_ONE_USER = 15;

describe('addresses that may not be reached', () => {
  let inside: Server;
  let open: number;
  let connections = 0;
  let app: TestApp;

  beforeAll(async () => {
    inside = createServer((_, response) => response.end('{"data":[{"id":"inside"}]}')).on(
      'connection',
      () => connections++,
    );
    // On both families of addresses.
    await new Promise<void>((resolve) => inside.listen(0, '::', resolve));
    ({ port: open } = inside.address() as AddressInfo);
    app = await startTestApp();
  });

  afterAll(async () => {
    await app.close();
    inside.close();
  });

  /** What was said, the same for every port. */
  const said = (text: string, host: string): string =>
    text
      .replaceAll(`:${open}`, ':port')
      .replaceAll(new RegExp(`:${CLOSED}(?!\\d)`, 'g'), ':port')
      .replaceAll(host, 'host');

  /** What one route says of a host, on one port. */
  type Ask = (host: string, port: number, client: LlmConfigClient) => Promise<string>;

  const unsaved = (host: string, port: number): Record<string, unknown> => ({
    ...{ name: crypto.randomUUID(), provider: 'vllm', model_name: 'm', api_key: 'sk-canary-0001' },
    base_url: `http://${host}:${port}/v1`,
  });

  const verdictOf = ({ success, message, kind, cause, steps }: LlmConfigTestDto): string =>
    JSON.stringify({
      success,
      message: message.replace(/"[^"]*"/, ''),
      kind,
      cause,
      steps: steps.map(({ stage }) => stage),
    });

  const ROUTES: Record<string, Ask> = {
    'a test of unsaved values': async (host, port, client) => {
      const { status, body } = await client.send<LlmConfigTestDto & ProblemDto>('POST', '/test', unsaved(host, port));
      return status === 200 ? verdictOf(body) : `${status} ${body.detail}`;
    },
    'a test of a stored configuration': async (host, port, client) => {
      const made = await client.send<{ id: string } & ProblemDto>('POST', '', unsaved(host, port));
      if (made.status !== 201) return `${made.status} ${made.body.detail}`;
      return verdictOf((await client.send<LlmConfigTestDto>('POST', `/${made.body.id}/test`, {})).body);
    },
    'the list of models': async (host, port) => {
      const { base_url, api_key } = unsaved(host, port);
      const response = await fetch(`${app.url}/api/providers/vllm/models`, {
        method: 'POST',
        headers: { ...app.admin.headers, 'content-type': 'application/json' },
        body: JSON.stringify({ base_url, api_key }),
      });
      const { code, detail } = (await response.json()) as ProblemDto;
      return `${response.status} ${code} ${detail}`;
    },
  };

  it.each(Object.keys(ROUTES))(
    'are refused by %s in the same words, whether somebody listens or not',
    async (route) => {
      const ask = ROUTES[route];
      const differing: string[] = [];
      for (let from = 0; from < REFUSED_HOSTS.length; from += HOSTS_OF_ONE_USER) {
        const client = new LlmConfigClient(app, (await aUser(app, 'admin')).headers);
        await Promise.all(
          REFUSED_HOSTS.slice(from, from + HOSTS_OF_ONE_USER).map(async (host) => {
            const answers = await Promise.all([ask(host, open, client), ask(host, CLOSED, client)]);
            const [heard, unheard] = answers.map((text) => said(text, host));
            const isRefused = /^400 |refused_by_policy|may not be reached/.test(heard ?? '');
            if (heard !== unheard || !isRefused) differing.push(`${host}: ${heard} | ${unheard}`);
          }),
        );
      }
      expect(differing).toEqual([]);
      expect(connections).toBe(0);
    },
    30_000,
  );
});
