import { DEFAULT_KEY } from '../provider-simulator/simulator.ts';
import { DemoApi } from './api.ts';
import { CONFIGURATIONS, DESCRIPTION, type DemoConfiguration } from './configurations.ts';
import { SESSIONS, type DemoSession } from './sessions.ts';

interface Configuration {
  readonly id: string;
  readonly name: string;
  readonly base_url: string | null;
}

/** Makes what is missing of the configurations and, at the first start, the sessions. */
export async function fill(url: string, simulator: string): Promise<void> {
  const api = new DemoApi(url);
  const known = await api.get<Configuration[]>('/api/llm-configs?limit=1000');
  const isFirst = known.length === 0;
  const ids = new Map<string, string>();
  for (const configuration of CONFIGURATIONS) {
    const id = await configure(api, simulator, configuration, known, isFirst);
    if (id) ids.set(configuration.name, id);
  }
  await fillSessions(api, ids);
}

/** The simulator has another port at each start. What somebody deleted stays deleted. */
async function configure(
  api: DemoApi,
  simulator: string,
  { path, ...rest }: DemoConfiguration,
  known: readonly Configuration[],
  isFirst: boolean,
): Promise<string | undefined> {
  const base_url = simulator + path;
  const found = known.find(({ name }) => name === rest.name);
  if (found) await api.send('PUT', `/api/llm-configs/${found.id}`, { base_url, api_key: DEFAULT_KEY });
  if (found || !isFirst) return found?.id;
  const is_default = rest.name === CONFIGURATIONS[0]?.name;
  const values = { ...rest, base_url, api_key: DEFAULT_KEY, description: DESCRIPTION, is_default };
  return (await api.send<Configuration>('POST', '/api/llm-configs', values)).id;
}

/** Once: a list that somebody emptied to their own taste is left alone as long as one session is in it. */
async function fillSessions(api: DemoApi, ids: ReadonlyMap<string, string>): Promise<void> {
  const before = await Promise.all(
    ['false', 'true'].map((archived) => api.get<{ total: number }>(`/api/sessions?limit=1&archived=${archived}`)),
  );
  if (before.some(({ total }) => total > 0)) return;
  console.log('Asking the simulated models something (once, about half a minute) …');
  for (const session of SESSIONS) await converse(api, session, ids);
}

async function converse(api: DemoApi, session: DemoSession, ids: ReadonlyMap<string, string>): Promise<void> {
  const { name, configuration, questions, again, ...marks } = session;
  const llm_config_id = (configuration && ids.get(configuration)) ?? null;
  const opened = { session_name: name, llm_config_id };
  const { session_id } = await api.send<{ session_id: string }>('POST', '/api/sessions', opened);
  const path = `/api/sessions/${session_id}`;
  for (const query of questions) await api.send('POST', `${path}/messages`, { query });
  if (again) await api.send('POST', `${path}/messages`, { query: questions.at(-1), parent_id: null });
  if (Object.keys(marks).length > 0) await api.send('PATCH', path, marks);
}
