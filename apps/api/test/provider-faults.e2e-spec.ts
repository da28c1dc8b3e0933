import { UpstreamFailed } from '../src/llm-config/wire/model-wire.js';
import { ModelWires } from '../src/llm-config/wire/model-wires.js';
import { Environment } from '../src/platform/config/environment.js';
import { Outbound } from '../src/platform/outbound/outbound.js';
import type { FaultCase } from './provider-faults/fault-case.js';
import { OLLAMA } from './provider-faults/ollama.js';
import { NO_STREAMS, REFUSALS } from './provider-faults/refusals.js';
import { NO_ANSWERS, SILENCES, STREAMS } from './provider-faults/streams.js';
import { aConfig } from './support/a-config.js';
import { eventually } from './support/eventually.js';
import { HANG, RawProvider } from './support/raw-provider.js';

const KEY = 'sk-planted-4711.abcdefgh';
const HIDDEN = 'planted-header-value';
const PATIENCE = { connect_ms: 2000, first_byte_ms: 500, idle_ms: 400, total_ms: 8000 };

interface Outcome {
  readonly fault: string;
  readonly text: string;
  readonly shown: string;
  readonly asked: number;
  readonly isClosed: boolean;
}

/** Each runs at once with the others of its group: most of them wait. */
const CASES = {
  refusals: REFUSALS,
  'no streams': NO_STREAMS,
  streams: STREAMS,
  silences: SILENCES,
  'no answers': NO_ANSWERS,
  ollama: OLLAMA,
};

describe.each(Object.entries(CASES))('what any server may do: %s', (group, cases) => {
  let outbound: Outbound;
  let outcomes: ReadonlyMap<string, Outcome>;

  beforeAll(async () => {
    const environment = new Environment();
    outbound = new Outbound(environment);
    const wires = new ModelWires(outbound, environment);
    const all = cases.map(async (one) => [one.name, await outcomeOf(one, wires)] as const);
    outcomes = new Map(await Promise.all(all));
    await outbound.onApplicationShutdown();
  }, 30_000);

  async function outcomeOf({ provider, says }: FaultCase, wires: ModelWires): Promise<Outcome> {
    const server = await RawProvider.start(says);
    outbound.allow('127.0.0.1', server.port);
    const own = provider ?? (group === 'ollama' ? 'ollama' : 'openai');
    const model = wires.open(
      aConfig({
        provider: own,
        modelName: 'm',
        baseUrl: `http://127.0.0.1:${server.port}`,
        key: KEY,
        extra: { timeouts: group === 'silences' ? { ...PATIENCE, total_ms: 1500 } : PATIENCE },
        headers: { 'x-team': HIDDEN },
      }),
    );
    let heard = '';
    let failure: UpstreamFailed | undefined;
    try {
      for await (const deltas of model.stream(
        { messages: [{ role: 'user', content: 'hi' }] },
        new AbortController().signal,
      )) {
        for (const one of deltas) if (one.type === 'text') heard += one.text;
      }
    } catch (error) {
      if (!(error instanceof UpstreamFailed)) throw error;
      failure = error;
    }
    const isClosed = says.some((script) => script.includes(HANG))
      ? await eventually(() => server.open === 0).then(() => true)
      : true;
    server.stop();
    const shown = failure ? `${failure.message} ${JSON.stringify(failure)}` : '';
    return { fault: failure?.fault ?? 'none', text: heard, shown, asked: server.requests.length, isClosed };
  }

  it.each(cases)('$name', ({ name, fault, asked = 1, text: heard, words = '' }) => {
    const outcome = outcomes.get(name);
    expect(outcome).toMatchObject({ fault, asked, isClosed: true });
    if (heard !== undefined) expect(outcome?.text).toBe(heard);
    expect(outcome?.shown).toContain(words);
    expect(outcome?.shown).not.toMatch(/planted|4711|abcdefgh/);
  });
});
