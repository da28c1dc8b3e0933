import { inject, Service, signal } from '@angular/core';
import type { ArtifactDto } from '@opsagent/contracts';
import { type Problem, toProblem } from '../shared/data/problem.js';
import { SessionClient } from './session-client.js';

/** So many lines are asked for at once. */
const PART = 1_000;

/** The lines of a big result, read part by part where somebody looks. */
@Service({ autoProvided: false })
export class ArtifactLines {
  private readonly client = inject(SessionClient);
  private readonly known = signal<ReadonlyMap<number, string>>(new Map());
  private readonly head = signal<ArtifactDto | null>(null);
  private readonly fault = signal<Problem | null>(null);
  private readonly asked = new Set<number>();
  private id = '';

  /** Its facts; null until the first part is there. */
  readonly artifact = this.head.asReadonly();
  readonly problem = this.fault.asReadonly();

  async open(id: string): Promise<void> {
    this.id = id;
    this.asked.clear();
    this.known.set(new Map());
    this.head.set(null);
    await this.read(1);
  }

  /** A line by its number, from 1; null while it is on its way. */
  line(number: number): string | null {
    return this.known().get(number) ?? null;
  }

  /** Asks for what is missing of these lines. */
  async show(first: number, last: number): Promise<void> {
    const total = this.head()?.lines ?? 0;
    for (let number = first; number <= Math.min(last, total); number += 1) {
      if (!this.known().has(number)) return this.read(number);
    }
  }

  async again(): Promise<void> {
    this.fault.set(null);
    await this.read(1);
  }

  private async read(first: number): Promise<void> {
    if (this.asked.has(first)) return;
    this.asked.add(first);
    const { id } = this;
    try {
      const part = await this.client.artifact(id, first, PART);
      if (id !== this.id) return;
      const lines = part.text.split('\n');
      this.known.update((known) => {
        const next = new Map(known);
        lines.forEach((line, index) => next.set(part.first_line + index, line));
        return next;
      });
      this.head.set(part);
      this.fault.set(null);
    } catch (error) {
      this.asked.delete(first);
      if (id === this.id) this.fault.set(toProblem(error));
    }
  }
}
