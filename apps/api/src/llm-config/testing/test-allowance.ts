import { Injectable } from '@nestjs/common';
import { CurrentActor } from '../../platform/actor/current-actor.js';
import { Clock } from '../../platform/clock/clock.js';
import { TooManyTests } from '../llm-config.errors.js';

const MOST = 120;
const WITHIN_MS = 60_000;

/** Tests cost money: a user begins so many a minute, counted in each process; those of a job are bounded by the job. */
@Injectable()
export class TestAllowance {
  /** When each user's latest tests began, oldest first. */
  private readonly begun = new Map<string, number[]>();

  constructor(
    private readonly actor: CurrentActor,
    private readonly clock: Clock,
  ) {}

  /** @throws TooManyTests */
  take(): void {
    const actor = this.actor.get();
    if (actor.kind !== 'user') return;
    const now = this.clock.monotonicMs();
    const latest = (this.begun.get(actor.userId) ?? []).filter((at) => at > now - WITHIN_MS);
    const [oldest = now] = latest;
    if (latest.length >= MOST) throw new TooManyTests(MOST, Math.ceil((oldest + WITHIN_MS - now) / 1000));
    this.begun.set(actor.userId, [...latest, now]);
  }
}
