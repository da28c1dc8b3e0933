import { Injectable } from '@nestjs/common';
import type { JobKind } from '@opsagent/contracts';
import type { JobWay, UndoItem } from './job-work.js';

/** The way back for one kind of job; `action` is that of the job whose changes are put back. None where nothing changed. */
type WayBack = (action: string) => JobWay<UndoItem> | undefined;

/** How changes of jobs are put back: the features that made them say so. */
@Injectable()
export class JobUndo {
  private readonly ways = new Map<JobKind, WayBack>();

  /** Items are handed over last change first, with what their outcome said in `undo`. */
  register(kind: JobKind, way: WayBack): void {
    this.ways.set(kind, way);
  }

  of(kind: JobKind, action: string): JobWay<UndoItem> | undefined {
    return this.ways.get(kind)?.(action);
  }
}
