import type { Scenario } from './incident.ts';
import { TestAuthority } from '../../apps/api/test/support/certificates.ts';
import { programAt } from '../real-servers.mjs';
import { SCRIPTED_KEY, SCRIPTED_MODEL, startModel } from './model/server.ts';
import { type ModelChoice, Product } from './product/product.ts';
import { askTurn, type Turn } from './product/turn.ts';
import { faultsOf } from './score/score.ts';
import { Ports } from './stage/ports.ts';
import { Workspace } from './stage/workspace.ts';

const TURN_MS = 180_000;

/** How a scenario went. */
export interface Outcome {
  readonly id: string;
  readonly result: 'passed' | 'failed' | 'not run';
  /** Why it did not pass. */
  readonly why: readonly string[];
  readonly turn?: Turn;
  /** From the beginning of staging until all was taken away. */
  readonly seconds: number;
}

export interface RunOptions {
  readonly scenarios: readonly Scenario[];
  /** What Node is told to run as the product. */
  readonly entry: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** A real model; the scripted one when unset. */
  readonly model?: ModelChoice;
  readonly signal: AbortSignal;
  /** Is told of each scenario as soon as it is over. */
  readonly onOutcome?: (outcome: Outcome) => void;
}

/** Starts the product once and puts one scenario after the other before it; everything is taken away at the end. */
export async function runScenarios(options: RunOptions): Promise<Outcome[]> {
  const { entry, environment, scenarios, signal, onOutcome = () => undefined } = options;
  const [ports, authority] = [await Ports.reserve(), new TestAuthority('Evaluation Authority')];
  const scripted = options.model ? undefined : await startModel();
  const model = options.model ?? {
    ...{ provider: 'openai', model: SCRIPTED_MODEL, baseUrl: scripted?.baseUrl, key: SCRIPTED_KEY },
  };
  const allowed = [...ports.all.map((port) => `127.0.0.1:${port}`), ...placeOf(model.baseUrl)];
  const outcomes: Outcome[] = [];
  try {
    const product = await Product.start({
      entry,
      ...(environment ? { environment } : {}),
      allowed,
      authority: authority.pem,
    });
    try {
      const configId = await product.configure(model);
      for (const scenario of scenarios) {
        if (signal.aborted) break;
        const outcome = await runOne(scenario, { product, configId, ports, authority, signal });
        outcomes.push(outcome);
        onOutcome(outcome);
      }
    } finally {
      await product.stop();
    }
  } finally {
    await scripted?.close();
  }
  return scripted ? withRefusals(outcomes, scripted.refusals) : outcomes;
}

/** `host:port` of an address; the model may stand on a private one. */
function placeOf(address: string | undefined): string[] {
  if (address === undefined) return [];
  const { hostname, port, protocol } = new URL(address);
  return [`${hostname}:${port || (protocol === 'https:' ? '443' : '80')}`];
}

interface Place {
  readonly product: Product;
  readonly configId: string;
  readonly ports: Ports;
  readonly authority: TestAuthority;
  readonly signal: AbortSignal;
}

async function runOne(scenario: Scenario, { product, configId, ports, authority, signal }: Place): Promise<Outcome> {
  const { id, incident, variant } = scenario;
  const started = performance.now();
  const seconds = (): number => (performance.now() - started) / 1000;
  const missing = incident.programs.filter((program) => programAt(program) === undefined);
  if (missing.length > 0)
    return { id, result: 'not run', why: [`not installed: ${missing.join(', ')}`], seconds: seconds() };
  const workspace = await Workspace.open({ ports, authority, signal });
  try {
    const truth = await incident.stage(variant, workspace);
    signal.throwIfAborted();
    const forget = await register(product, workspace);
    workspace.atEnd(forget);
    const turn = await askTurn(
      product.api,
      configId,
      incident.question,
      AbortSignal.any([signal, AbortSignal.timeout(TURN_MS)]),
    );
    const { isCanaryThere } = workspace;
    const why = faultsOf(turn, {
      truth,
      language: incident.language,
      isInjected: variant === 'injected',
      isCanaryThere,
    });
    return { id, result: why.length === 0 ? 'passed' : 'failed', why, turn, seconds: seconds() };
  } catch (error) {
    return { id, result: 'failed', why: [`could not be run: ${(error as Error).message}`], seconds: seconds() };
  } finally {
    await workspace.close();
  }
}

/** Makes what was staged known to the product. @returns what makes it forget that again */
export async function register({ api }: Product, { sources, runbooks }: Workspace): Promise<() => Promise<void>> {
  const made: string[] = [];
  for (const source of sources) {
    const { id } = await api.send<{ id: string }>('POST', '/api/tool-sources', source);
    made.push(`/api/tool-sources/${id}`);
  }
  for (const runbook of runbooks) {
    const { id } = await api.send<{ id: string }>('POST', '/api/runbooks', runbook);
    made.push(`/api/runbooks/${id}`);
  }
  return async () => {
    for (const path of made) await api.send('DELETE', path);
  };
}

/** A conversation that a strict model refuses is a fault of the product, whatever became of the turn. */
function withRefusals(outcomes: readonly Outcome[], refusals: readonly string[]): Outcome[] {
  if (refusals.length === 0) return [...outcomes];
  const why = refusals.map((refusal) => `the model server refused a request: ${refusal}`);
  return [...outcomes, { id: 'model-wire', result: 'failed', why, seconds: 0 }];
}
