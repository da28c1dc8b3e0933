import { Service, signal } from '@angular/core';
import type { LimitWarningDto } from '@opsagent/contracts';
import { remember, remembered } from '../shared/data/remembered.js';

const TOLD = 'oa.limitsTold';

/** Budgets that are nearly spent: each is told of once until it counts from nothing again, however many answers warn of it. */
@Service()
export class LimitWarnings {
  private readonly current = signal<LimitWarningDto | null>(null);
  /** What is being told, until somebody has read it. */
  readonly shown = this.current.asReadonly();

  tell(warning: LimitWarningDto): void {
    const key = keyOf(warning);
    const told = toldStill();
    if (told.includes(key)) return;
    remember(TOLD, [...told, key].join('\n'));
    this.current.set(warning);
  }

  dismiss(): void {
    this.current.set(null);
  }
}

function keyOf({ kind, name, resets_at }: LimitWarningDto): string {
  return `${resets_at} ${kind} ${name}`;
}

/** Those whose time is not over yet. */
function toldStill(): string[] {
  const lines = (remembered(TOLD) ?? '').split('\n');
  return lines.filter((line) => Date.parse(line.split(' ')[0] ?? '') > Date.now());
}
