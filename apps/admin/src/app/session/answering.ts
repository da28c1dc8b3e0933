import { computed, signal } from '@angular/core';
import type { LimitWarningDto } from '@opsagent/contracts';
import { FramePainter } from './stream/frame-painter.js';
import { LiveAnswer } from './stream/live-answer.js';
import { pauseUntilWorthTrying } from './stream/pause.js';
import { RunStream, type RunPorts, type StreamState } from './stream/run-stream.js';
import type { Turn } from './turn.js';

/** What an answer in the making needs from outside, and tells it. */
export interface AnsweringPorts {
  resume: RunPorts['resume'];
  stop: (runId: string) => Promise<unknown>;
  onStarted: () => void;
  onWarned: (warning: LimitWarningDto) => void;
}

/** One answer in the making, as the page follows it: painted once a frame, at the latest at its end. */
export class Answering {
  private readonly answer: LiveAnswer;
  private readonly stream: RunStream;
  private readonly painter = new FramePainter(() => this.shown.set(this.answer.view()));
  private readonly shown;
  private readonly connection = signal<StreamState>('connecting');
  private readonly stopAsked = signal(false);

  readonly turn;
  readonly state = this.connection.asReadonly();
  readonly isStopping = this.stopAsked.asReadonly();
  readonly isDone = computed(() => !['sending', 'running'].includes(this.turn().status));

  private constructor(
    turn: Turn,
    private readonly ports: AnsweringPorts,
    /** Its events are older than their arrival. */
    readonly isReplay: boolean,
  ) {
    this.answer = new LiveAnswer(turn, isReplay ? null : undefined);
    this.shown = signal(turn);
    this.turn = this.shown.asReadonly();
    this.stream = new RunStream({
      resume: ports.resume,
      pause: pauseUntilWorthTrying,
      onState: (state) => this.connection.set(state),
      onEvents: (events) => {
        const isFirst = this.answer.runId === null;
        this.answer.apply(events);
        if (isFirst) this.begun();
        this.painter.request();
      },
    });
  }

  static send(turn: Turn, open: (signal: AbortSignal) => Promise<Response>, ports: AnsweringPorts): Answering {
    const answering = new Answering(turn, ports, false);
    answering.stream.send(open);
    return answering;
  }

  /** Follows an answer that goes on already. */
  static follow(turn: Turn, runId: string, ports: AnsweringPorts): Answering {
    const answering = new Answering({ ...turn, parts: [], reasoning: '' }, ports, true);
    answering.stream.follow(runId);
    return answering;
  }

  /**
   * Resolves with what there is when the stream has ended or gave up.
   * @throws StreamRefused, SendingUncertain
   */
  async ended(): Promise<Turn> {
    await this.stream.ending;
    this.painter.flush();
    return this.shown();
  }

  /** Ends the answer; asked before the run has a name, it happens as soon as it has one. */
  async stop(): Promise<void> {
    this.stopAsked.set(true);
    if (this.answer.runId !== null) await this.ports.stop(this.answer.runId);
  }

  /** Takes a stop back that did not reach the server. */
  stopFailed(): void {
    this.stopAsked.set(false);
  }

  reconnect(): void {
    this.stream.retry();
  }

  /** Stops reading; the answer goes on at the server. */
  close(): void {
    this.painter.cancel();
    this.stream.close();
  }

  /** How long the page needed for the last paint. */
  spent(ms: number): void {
    this.painter.spent(ms);
  }

  private begun(): void {
    this.ports.onStarted();
    if (this.answer.limitWarning) this.ports.onWarned(this.answer.limitWarning);
    if (this.stopAsked()) void this.stop();
  }
}
