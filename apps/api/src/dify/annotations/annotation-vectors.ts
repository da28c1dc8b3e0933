import { Injectable, Logger } from '@nestjs/common';
import { type EmbeddingModel, Embeddings } from '../../llm-config/embeddings.js';
import { UpstreamFailed } from '../../llm-config/wire/model-wire.js';
import type { App } from '../apps/app.entity.js';
import type { Annotation } from './annotation.entity.js';
import { AnnotationRepository, bytesOf, type Question } from './annotation.repository.js';

type Columns = Pick<Annotation, 'vector' | 'vectorSpace'>;

const NONE: Columns = { vector: null, vectorSpace: null };
const PATIENCE_MS = 10_000;
const AT_ONCE = 50;
const AGAIN_AFTER_MS = 60_000;

/** Makes the vectors of annotated questions. */
@Injectable()
export class AnnotationVectors {
  private readonly logger = new Logger(AnnotationVectors.name);
  /** When the missing ones of an app were last begun to be made. */
  private readonly begun = new Map<string, { space: string; atMs: number }>();

  constructor(
    private readonly embeddings: Embeddings,
    private readonly repository: AnnotationRepository,
  ) {}

  /** Of a question that is about to be stored; without one where the app compares words, or when the provider fails. */
  async ofNew(
    { id: appId, annotationReply: { enabled, llm_config_id: configId } }: App,
    question: string,
  ): Promise<Columns> {
    const model = enabled && configId !== null ? await this.embeddings.open(configId, { appId }) : null;
    if (model === null) return NONE;
    try {
      const [vector] = await model.embed([question], AbortSignal.timeout(PATIENCE_MS));
      return vector ? { vector: bytesOf(vector), vectorSpace: model.space } : NONE;
    } catch (error) {
      this.logger.warn(`App ${appId}: an annotation is stored without its vector: ${faultOf(error)}`);
      return NONE;
    }
  }

  /** @throws UpstreamFailed, or the reason of `signal` */
  async make(appId: string, model: EmbeddingModel, questions: readonly Question[], signal: AbortSignal): Promise<void> {
    const vectors = await model.embed(
      questions.map(({ question }) => question),
      signal,
    );
    const made = questions.flatMap((question, index) => {
      const vector = vectors[index];
      return vector ? [{ ...question, vector }] : [];
    });
    await this.repository.keepVectors(appId, model.space, made);
  }

  /** Behind an answer: those that are missing because a provider failed, or an app took another configuration. */
  makeMissing(appId: string, model: EmbeddingModel): void {
    const { space } = model;
    const atMs = performance.now();
    const before = this.begun.get(appId);
    if (before?.space === space && atMs - before.atMs < AGAIN_AFTER_MS) return;
    this.begun.set(appId, { space, atMs });
    this.makeAll(appId, model).catch((error: unknown) =>
      this.logger.warn(`App ${appId}: vectors of annotations could not be made: ${faultOf(error)}`),
    );
  }

  private async makeAll(appId: string, model: EmbeddingModel): Promise<void> {
    const missing = await this.repository.questionsWithout(appId, model.space);
    for (const part of inParts(missing)) await this.make(appId, model, part, AbortSignal.timeout(PATIENCE_MS));
  }
}

/** As many as are asked for in one call. */
export function inParts<T>(items: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(items.length / AT_ONCE) }, (_, part) =>
    items.slice(part * AT_ONCE, (part + 1) * AT_ONCE),
  );
}

/** A fault for the log, without a provider's own words. */
export function faultOf(error: unknown): string {
  if (error instanceof UpstreamFailed) return error.code;
  return error instanceof Error ? `${error.name} ${error.message}` : String(error);
}
