import { Injectable, Logger } from '@nestjs/common';
import { type EmbeddingModel, Embeddings } from '../../llm-config/embeddings.js';
import type { ChatTurn, ReadyAnswer } from '../../session/chat-turn.js';
import type { App } from '../apps/app.entity.js';
import { AnnotationRepository } from './annotation.repository.js';
import { AnnotationVectors, faultOf } from './annotation-vectors.js';
import { KnownAnnotations, wordsOf } from './known-annotations.js';

/** A question waits no longer for its vector. */
const PATIENCE_MS = 2_000;

/** Gives the answer of an annotation to a question like its own. */
@Injectable()
export class AnnotationReply {
  private readonly logger = new Logger(AnnotationReply.name);

  constructor(
    private readonly repository: AnnotationRepository,
    private readonly known: KnownAnnotations,
    private readonly vectors: AnnotationVectors,
    private readonly embeddings: Embeddings,
  ) {}

  /** Undefined where the app does not want it: its turns pay nothing for it. */
  forTurn(app: App, query: string): ChatTurn['readyAnswer'] {
    return app.annotationReply.enabled ? (signal) => this.answer(app, query, signal) : undefined;
  }

  /** Whatever goes wrong, the model answers instead. */
  private async answer(app: App, query: string, signal: AbortSignal): Promise<ReadyAnswer | null> {
    try {
      const id = await this.find(app, query, signal);
      const annotation = id === undefined ? null : await this.repository.find(app.id, id);
      if (annotation === null) return null;
      this.countHit(annotation.id);
      return { id: annotation.id, text: annotation.answer, account: { id: app.id, name: app.name } };
    } catch (error) {
      if (!signal.aborted) this.logger.warn(`App ${app.id}: annotations could not be asked: ${faultOf(error)}`);
      return null;
    }
  }

  private async find(app: App, query: string, signal: AbortSignal): Promise<string | undefined> {
    const { llm_config_id: configId, score_threshold: threshold } = app.annotationReply;
    if (configId === null) return (await this.known.byWords(app.id)).get(wordsOf(query));
    const model = await this.embeddings.open(configId, { appId: app.id });
    if (model === null) throw new Error(`configuration ${configId} cannot be used`);
    const closest = await this.closest(app.id, model, query, signal);
    return closest && closest.score >= threshold ? closest.id : undefined;
  }

  private async closest(appId: string, model: EmbeddingModel, query: string, signal: AbortSignal) {
    const questions = await this.known.byVectors(appId, model.space);
    this.vectors.makeMissing(appId, model);
    if (questions.isEmpty) return null;
    const [vector] = await model.embed([query], AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]));
    return vector ? questions.closestTo(vector) : null;
  }

  /** Behind the answer; a lost count is one of many. */
  private countHit(id: string): void {
    this.repository
      .countHit(id)
      .catch((error: unknown) => this.logger.warn(`The use of annotation ${id} was not counted: ${faultOf(error)}`));
  }
}
