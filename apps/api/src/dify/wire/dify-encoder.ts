import type { AppMode, ChatEvent, UsageEvent } from '@opsagent/contracts';
import type { Run } from '../../session/run.js';
import { turnFailure } from './error-mapping.js';
import { jsonLine } from './json-line.js';
import type { Thought } from './thought.js';
import { ThoughtTrail } from './thought-trail.js';
import { type DifyMetadata, metadataOf, unixSeconds } from './usage.js';

type NamedRun = Pick<Run, 'runId' | 'messageId' | 'sessionId' | 'createdAt' | 'cost' | 'readyAnswer'>;

/** Turns the events of one run into Dify's frames: what is the same in every frame is written once, deltas are all that is left. */
export class DifyEncoder {
  /** What every event carries, the error alone without its task. */
  private readonly ids: string;
  private readonly task: string;
  private readonly beforeDelta: string;
  private readonly afterDelta: string;
  /** Of agents only. */
  private readonly trail: ThoughtTrail | null;
  private usage: UsageEvent | null = null;

  constructor(
    private readonly run: NamedRun,
    mode: AppMode,
  ) {
    const { runId, messageId, sessionId, createdAt } = run;
    this.ids = `"conversation_id":"${sessionId}","message_id":"${messageId}","created_at":${unixSeconds(createdAt)}`;
    this.task = `"task_id":"${runId}"`;
    const isAgent = mode === 'agent-chat';
    const event = isAgent ? 'agent_message' : 'message';
    this.beforeDelta = `data: {"event":"${event}",${this.ids},${this.task},"id":"${messageId}","answer":`;
    this.afterDelta = isAgent ? '}\n\n' : ',"from_variable_selector":null}\n\n';
    this.trail = isAgent ? new ThoughtTrail(messageId) : null;
  }

  /** The frames of several events, whole ones only; empty when a client of Dify's sees none of them. */
  encode(events: readonly ChatEvent[]): string {
    let frames = '';
    const trail = this.run.readyAnswer === null ? this.trail : null;
    for (const event of events) {
      if (trail === null) frames += this.frame(event);
      else frames += this.thoughts(trail.before(event)) + this.thoughts(trail.after(event)) + this.frame(event);
    }
    return trail === null ? frames : frames + this.thoughts(trail.atEndOfBatch());
  }

  /** A piece of the answer as it sounds; these follow its end. */
  audio(piece: Buffer): string {
    return `${this.head('tts_message')},"audio":"${piece.toString('base64')}"}\n\n`;
  }

  audioEnd(): string {
    return `${this.head('tts_message_end')},"audio":""}\n\n`;
  }

  private frame(event: ChatEvent): string {
    switch (event.type) {
      case 'text':
        return this.run.readyAnswer === null
          ? this.beforeDelta + jsonLine(event.delta) + this.afterDelta
          : this.readyDelta(event.delta);
      case 'usage':
        this.usage = event;
        return '';
      case 'turn_finished':
        return this.messageEnd();
      case 'turn_failed':
        return `data: {"event":"error",${this.ids},${jsonLine(turnFailure(event).toBody()).slice(1)}\n\n`;
      default:
        return '';
    }
  }

  private thoughts(thoughts: readonly Thought[]): string {
    return thoughts
      .map((thought) => `${this.head('agent_thought')},${jsonLine(thought).slice(1, -1)},"message_files":[]}\n\n`)
      .join('');
  }

  /** An answer that stood ready comes as `message`, from an agent too. */
  private readyDelta(delta: string): string {
    return `${this.head('message')},"id":"${this.run.messageId}","answer":${jsonLine(delta)},"from_variable_selector":null}\n\n`;
  }

  private messageEnd(): string {
    const { messageId } = this.run;
    return `${this.head('message_end')},"id":"${messageId}","metadata":${jsonLine(this.metadata())},"files":null}\n\n`;
  }

  private head(event: string): string {
    return `data: {"event":"${event}",${this.ids},${this.task}`;
  }

  private metadata(): DifyMetadata {
    const figures = {
      promptTokens: this.usage?.usage.prompt_tokens ?? 0,
      completionTokens: this.usage?.usage.completion_tokens ?? 0,
      firstTokenMs: this.usage?.first_token_ms ?? null,
      totalMs: this.usage?.total_ms ?? 0,
      cost: this.run.cost,
    };
    return metadataOf(figures, this.run.readyAnswer);
  }
}
