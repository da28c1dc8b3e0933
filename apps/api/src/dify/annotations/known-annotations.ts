import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Signals } from '../../platform/database/signals.js';
import { ANNOTATIONS_CHANGED, AnnotationRepository } from './annotation.repository.js';
import { QuestionVectors } from './question-vectors.js';

/** What was read of an app; a load that fails is not kept. */
type Cache<T> = Map<string, { readonly space: string | null; readonly loading: Promise<T> }>;

/** Ten thousand questions of one app may be some tens of megabytes. */
const MOST_APPS = 20;

/** The annotated questions of apps in memory: read once, kept until they change in this or any other process. */
@Injectable()
export class KnownAnnotations implements OnModuleInit {
  private readonly words: Cache<ReadonlyMap<string, string>> = new Map();
  private readonly vectors: Cache<QuestionVectors> = new Map();

  constructor(
    private readonly repository: AnnotationRepository,
    private readonly signals: Signals,
  ) {}

  onModuleInit(): void {
    this.signals.subscribe(ANNOTATIONS_CHANGED, (appId) => this.forget(appId));
    this.signals.onReconnect(() => {
      this.words.clear();
      this.vectors.clear();
    });
  }

  /** The ids of annotations by `wordsOf` their questions. */
  byWords(appId: string): Promise<ReadonlyMap<string, string>> {
    return keep(this.words, appId, null, async () => {
      const questions = await this.repository.questionsOf(appId);
      return new Map(questions.map(({ id, question }) => [wordsOf(question), id]));
    });
  }

  byVectors(appId: string, space: string): Promise<QuestionVectors> {
    return keep(this.vectors, appId, space, async () =>
      QuestionVectors.of(await this.repository.vectorsOf(appId, space)),
    );
  }

  /** At once here; in other processes the signal of the change does it. */
  forget(appId: string): void {
    this.words.delete(appId);
    this.vectors.delete(appId);
  }
}

/** A question without what does not tell it from another: white space around it, the width of its characters, and case. */
export function wordsOf(question: string): string {
  return question.normalize('NFKC').trim().toLowerCase();
}

function keep<T>(cache: Cache<T>, appId: string, space: string | null, load: () => Promise<T>): Promise<T> {
  const known = cache.get(appId);
  if (known?.space === space) return known.loading;
  const [oldest] = cache.keys();
  if (oldest !== undefined && cache.size >= MOST_APPS) cache.delete(oldest);
  const loading = load();
  cache.set(appId, { space, loading });
  loading.catch(() => {
    if (cache.get(appId)?.loading === loading) cache.delete(appId);
  });
  return loading;
}
