import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.js';
import { Database } from '../../platform/database/database.js';
import { InvalidInput } from '../../platform/errors/domain-error.js';
import type { App } from '../apps/app.entity.js';
import type { Annotation } from './annotation.entity.js';
import { AnnotationNotFound } from './annotation.errors.js';
import { AnnotationRepository } from './annotation.repository.js';
import { AnnotationVectors } from './annotation-vectors.js';
import { KnownAnnotations } from './known-annotations.js';

/** What a caller says of an annotation. */
export type AnnotationText = Pick<Annotation, 'question' | 'answer'>;

/** What is written in the same transaction as a change, of what there was and what there is. */
export type Beside = (before: Annotation | null, after: Annotation | null) => Promise<void>;

const NOTHING: Beside = () => Promise.resolve();

/** Every question of an app is compared with all of them. */
const MOST_OF_AN_APP = 10_000;

/** The annotations of apps. */
@Injectable()
export class AnnotationService {
  constructor(
    private readonly repository: AnnotationRepository,
    private readonly vectors: AnnotationVectors,
    private readonly known: KnownAnnotations,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  list(app: App, part: { skip: number; limit: number; keyword: string }): Promise<[Annotation[], number]> {
    return this.repository.newestFirst(app.id, part);
  }

  /** @throws InvalidInput when the app has too many of them */
  async create(app: App, text: AnnotationText, beside = NOTHING): Promise<Annotation> {
    if ((await this.repository.countOf(app.id)) >= MOST_OF_AN_APP)
      throw new InvalidInput([{ field: 'question', message: `An app has ${MOST_OF_AN_APP} annotations at the most.` }]);
    const columns = await this.vectors.ofNew(app, text.question);
    const annotation = {
      ...{ id: randomUUID(), appId: app.id, ...text, ...columns },
      ...{ hitCount: 0, createdAt: this.clock.now() },
    };
    await this.database.transaction(async () => {
      await this.repository.add(annotation);
      await beside(null, annotation);
    });
    this.known.forget(app.id);
    return annotation;
  }

  /** @throws AnnotationNotFound */
  async update(app: App, id: string, text: AnnotationText, beside = NOTHING): Promise<Annotation> {
    const before = await this.repository.find(app.id, id);
    if (before === null) throw new AnnotationNotFound();
    const columns = before.question === text.question ? {} : await this.vectors.ofNew(app, text.question);
    const after = { ...before, ...text };
    await this.database.transaction(async () => {
      if (!(await this.repository.change(app.id, id, { ...text, ...columns }))) throw new AnnotationNotFound();
      await beside(before, after);
    });
    this.known.forget(app.id);
    return after;
  }

  /** @throws AnnotationNotFound */
  async delete(app: App, id: string, beside = NOTHING): Promise<void> {
    const before = await this.repository.find(app.id, id);
    await this.database.transaction(async () => {
      if (!(await this.repository.remove(app.id, id))) throw new AnnotationNotFound();
      await beside(before, null);
    });
    this.known.forget(app.id);
  }
}
