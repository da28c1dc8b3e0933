import {
  AddressInvalid,
  ConnectionLost,
  ConnectTimedOut,
  ExchangeTimedOut,
  OutboundRefused,
  Unreachable,
} from '../../platform/outbound/outbound.errors.js';
import type { Outbound, ProbeFacts, ProbeStep } from '../../platform/outbound/outbound.js';
import type { AgentTool, ToolResult } from './agent-tool.js';
import { askOnce } from './net/http-step.js';
import { PROBE_DEPTH, taskOf, type ProbeInput, type ProbeTask } from './net/probe-task.js';

const DAY_MS = 86_400_000;

/** One step as the model reads it. */
interface StepTold {
  step: 'address' | 'dns' | 'tcp' | 'tls' | 'http';
  state: 'passed' | 'failed' | 'skipped';
  ms: number;
  [fact: string]: unknown;
}

/** Looks whether something on the network can be reached, by the policy of every outgoing request. */
export function netProbe(outbound: Outbound): AgentTool<ProbeInput> {
  return {
    name: 'net_probe',
    description:
      'Checks from this server whether a network service can be reached, step by step: DNS, TCP, TLS (certificate and days left), HTTP (status and the beginning of the answer; redirects are not followed). Public addresses and places that the operator allowed only; a refused one is not to be tried in another spelling.',
    parameters: {
      type: 'object',
      properties: {
        target: {
          type: 'string',
          maxLength: 500,
          description: 'What to probe: an http or https URL, a host with a port (`db.example.com:5432`), or a host.',
        },
        depth: {
          type: 'string',
          enum: PROBE_DEPTH,
          description: 'How far to go; when left out http for a URL, tcp for a host with a port, else dns.',
        },
      },
      required: ['target'],
      additionalProperties: false,
    },
    risk: 'probe',
    label: { en: 'Probe the network', zh: '网络探测' },

    run: async (input, { signal }) => {
      const task = taskOf(input);
      if (typeof task === 'string') return { status: 'error', message: task };
      return new NetProbe(outbound, task, signal).run();
    },
  };
}

/** One probe and what it tells. */
class NetProbe {
  private readonly told: StepTold[] = [];
  private error: Error | undefined;

  constructor(
    private readonly outbound: Outbound,
    private readonly task: ProbeTask,
    private readonly signal: AbortSignal,
  ) {}

  async run(): Promise<ToolResult> {
    await this.connect();
    if (this.error === undefined && this.task.depth === 'http') await this.ask();
    return this.result();
  }

  private async connect(): Promise<void> {
    const { url, depth } = this.task;
    for await (const step of this.outbound.probe(url, { signal: this.signal })) {
      if (step.state === 'started') continue;
      this.error = step.error;
      this.told.push(told(step));
      if (step.stage === depth) return;
    }
  }

  private async ask(): Promise<void> {
    const start = performance.now();
    const ms = (): number => Math.round(performance.now() - start);
    try {
      const facts = await askOnce(this.outbound, this.task.url, this.signal);
      this.told.push({ step: 'http', state: 'passed', ms: ms(), ...facts });
    } catch (error) {
      this.signal.throwIfAborted();
      this.error = error as Error;
      this.told.push({ step: 'http', state: 'failed', ms: ms(), ...whyOf(this.error) });
    }
  }

  private result(): ToolResult {
    const { error } = this;
    // A target that does not answer is a finding; only a question that cannot be asked is an error.
    if (error instanceof OutboundRefused) return { status: 'refused', message: error.message };
    if (error instanceof AddressInvalid) return { status: 'error', message: error.message };
    return { status: 'ok', reachable: error === undefined, steps: this.told.filter(({ step }) => step !== 'address') };
  }
}

function told({ stage, state, ms, facts, error }: ProbeStep): StepTold {
  return {
    step: stage,
    state: state === 'started' ? 'skipped' : state,
    ms,
    ...(facts && toldFacts(facts)),
    ...(error && whyOf(error)),
  };
}

function toldFacts({ certificate, ...facts }: ProbeFacts): Record<string, unknown> {
  if (!certificate) return facts;
  const days_left = Math.floor((Date.parse(certificate.valid_to) - Date.now()) / DAY_MS);
  return { ...facts, certificate: { ...certificate, days_left } };
}

function whyOf(error: Error): { reason: string; message: string } {
  return { reason: reasonOf(error), message: error.message };
}

function reasonOf(error: Error): string {
  if (error instanceof Unreachable) return error.tls ?? error.reason;
  if (error instanceof ConnectTimedOut || error instanceof ExchangeTimedOut) return 'timeout';
  return error instanceof ConnectionLost ? 'reset' : 'failed';
}
