import type { ChatEvent, StepFinishedEvent, StepStartedEvent } from '@opsagent/contracts';
import { type CalledTool, type Thought, thoughtOf } from './thought.js';

/** Events that belong to a round. */
const OPENING = new Set<ChatEvent['type']>(['turn_started', 'text', 'step_started']);

/** Follows an agent's answer round by round and says which thoughts a client must see, and when. */
export class ThoughtTrail {
  private round = 1;
  private isOpen = false;
  private text = '';
  private readonly steps = new Map<string, CalledTool>();
  private waitsForSteps = false;

  constructor(private readonly messageId: string) {}

  /**
   * The thoughts to send before this event.
   * A round opens with an empty one: clients drop or double the text of a round they know nothing of.
   */
  before(event: ChatEvent): Thought[] {
    if (event.type !== 'step_started' && this.waitsForSteps) return [this.toolsCalled()];
    if (event.type === 'step_started' && event.round !== this.round) this.enter(event.round);
    return OPENING.has(event.type) ? this.open() : [];
  }

  /** Takes note of the event; the thoughts to send after it. */
  after(event: ChatEvent): Thought[] {
    if (event.type === 'text') this.text += event.delta;
    if (event.type === 'step_started') this.start(event);
    if (event.type === 'step_finished') return this.finish(event);
    if (event.type === 'turn_finished') return this.end();
    return [];
  }

  /** All steps of a round start in one batch; at its end they are told together. */
  atEndOfBatch(): Thought[] {
    return this.waitsForSteps ? [this.toolsCalled()] : [];
  }

  private open(): Thought[] {
    if (this.isOpen) return [];
    this.isOpen = true;
    return [this.current()];
  }

  private start({ step_id: id, tool, label, input }: StepStartedEvent): void {
    this.steps.set(id, { tool, label, input, observation: null });
    this.waitsForSteps = true;
  }

  private toolsCalled(): Thought {
    this.waitsForSteps = false;
    return this.current();
  }

  /** The observations of a round are told together, once its last tool has answered. */
  private finish({ step_id: id, observation }: StepFinishedEvent): Thought[] {
    const step = this.steps.get(id);
    if (step) step.observation = observation;
    const isLast = [...this.steps.values()].every((other) => other.observation !== null);
    if (!step || !isLast) return [];
    const thought = this.current();
    this.enter(this.round + 1);
    return [thought];
  }

  /** The next round opens with its first event, so that no empty thought is left behind a stopped answer. */
  private enter(round: number): void {
    this.round = round;
    this.isOpen = false;
    this.text = '';
    this.steps.clear();
  }

  private end(): Thought[] {
    return this.isOpen ? [this.current()] : [];
  }

  private current(): Thought {
    return thoughtOf(this.messageId, { round: this.round, text: this.text, steps: [...this.steps.values()] });
  }
}
