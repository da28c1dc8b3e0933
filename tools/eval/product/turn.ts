import type { ChatEvent } from '@opsagent/contracts';
import type { Api } from './api.ts';

/** One call of a tool and what came of it. */
export interface Step {
  readonly position: number;
  readonly tool: string;
  readonly risk: string;
  readonly input: string;
  readonly state: string;
  readonly observation: string;
}

/** What came of a question. */
export interface Turn {
  readonly answer: string;
  readonly steps: readonly Step[];
  /** How it ended: `finished`, `stopped`, or why it failed. */
  readonly end: string;
  /** The commands that somebody was asked to allow. */
  readonly approvalsAsked: readonly string[];
  readonly tokens: number;
  readonly seconds: number;
}

/** Asks as the console does, and never allows anything: a turn that wants something allowed is stopped. */
export async function askTurn(api: Api, configId: string, query: string, signal: AbortSignal): Promise<Turn> {
  const started = performance.now();
  const opened = { llm_config_id: configId };
  const { session_id: session } = await api.send<{ session_id: string }>('POST', '/api/sessions', opened);
  const path = `/api/sessions/${session}/messages`;
  const response = await api.open('POST', path, { query }, { accept: 'text/event-stream' });
  if (!response.ok || !response.body) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
  const told = new TurnTold();
  const stop = (): void => void told.stop(api);
  signal.addEventListener('abort', stop, { once: true });
  for await (const event of eventsIn(response.body)) {
    told.add(event);
    if (signal.aborted || event.type === 'approval_requested') await told.stop(api);
  }
  signal.removeEventListener('abort', stop);
  return told.turn((performance.now() - started) / 1000);
}

/** Gathers the events of a turn. */
class TurnTold {
  private answer = '';
  private end = 'the stream broke off';
  private runId: string | undefined;
  private tokens = 0;
  private readonly steps = new Map<string, Step>();
  private readonly approvalsAsked: string[] = [];

  add(event: ChatEvent): void {
    this.runId = event.run_id;
    switch (event.type) {
      case 'text':
        this.answer += event.delta;
        return;
      case 'step_started': {
        const { position, tool, risk, input } = event;
        this.steps.set(event.step_id, { position, tool, risk, input, state: 'running', observation: '' });
        return;
      }
      case 'step_finished': {
        const step = this.steps.get(event.step_id);
        const { state, observation } = event;
        if (step) this.steps.set(event.step_id, { ...step, state, observation });
        return;
      }
      case 'approval_requested':
        this.approvalsAsked.push(event.summary);
        return;
      case 'usage':
        this.tokens = event.usage.total_tokens ?? 0;
        return;
      case 'turn_finished':
        this.end = event.status;
        return;
      case 'turn_failed':
        this.end = `failed: ${event.detail || event.code}`;
        return;
      default:
        return;
    }
  }

  async stop(api: Api): Promise<void> {
    if (this.runId !== undefined) await api.send('POST', `/api/runs/${this.runId}/stop`, {}).catch(() => undefined);
  }

  turn(seconds: number): Turn {
    const { answer, end, approvalsAsked, tokens } = this;
    return { answer, end, approvalsAsked, tokens, seconds, steps: [...this.steps.values()] };
  }
}

async function* eventsIn(body: ReadableStream<Uint8Array>): AsyncGenerator<ChatEvent> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const piece of body) {
    const events = (text + decoder.decode(piece, { stream: true })).split('\n\n');
    text = events.pop() ?? '';
    for (const event of events) {
      const data = event.split('\n').filter((line) => line.startsWith('data:'));
      if (data.length > 0) yield JSON.parse(data.map((line) => line.slice(5)).join('\n')) as ChatEvent;
    }
  }
}
