import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import { Annotation } from './annotation.entity.js';

/** The question of an annotation. */
export interface Question {
  id: string;
  question: string;
}

/** A question as a vector; the question says which wording the vector is of. */
export interface QuestionVector extends Question {
  vector: Float32Array;
}

/** What is stored of a question's vector. */
type VectorColumns = Pick<Annotation, 'vector' | 'vectorSpace'>;

/** PostgreSQL's notification channel on which processes tell each other that annotations of an app changed. */
export const ANNOTATIONS_CHANGED = 'annotations_changed';

/** Vectors that are read at once: some megabytes. */
const PAGE = 500;
const NO_ID = '00000000-0000-0000-0000-000000000000';

/** The table of annotations. */
@Injectable()
export class AnnotationRepository {
  constructor(private readonly database: Database) {}

  newestFirst(
    appId: string,
    { skip, limit, keyword }: { skip: number; limit: number; keyword: string },
  ): Promise<[Annotation[], number]> {
    const query = this.rows.createQueryBuilder('a').where('a.appId = :appId', { appId });
    const like = `%${keyword.replace(/[\\%_]/g, '\\$&')}%`;
    if (keyword !== '') query.andWhere('(a.question ilike :like or a.answer ilike :like)', { like });
    return query.orderBy('a.createdAt', 'DESC').addOrderBy('a.id').offset(skip).limit(limit).getManyAndCount();
  }

  /** Null when the app has none of that id. */
  find(appId: string, id: string): Promise<Annotation | null> {
    return this.rows.findOneBy({ appId, id });
  }

  countOf(appId: string): Promise<number> {
    return this.rows.countBy({ appId });
  }

  add(annotation: Annotation): Promise<void> {
    return this.telling(annotation.appId, () => this.rows.insert(annotation)).then(() => undefined);
  }

  /** @returns whether there was such an annotation */
  change(
    appId: string,
    id: string,
    columns: Pick<Annotation, 'question' | 'answer'> & Partial<VectorColumns>,
  ): Promise<boolean> {
    return this.telling(appId, async () => (await this.rows.update({ appId, id }, columns)).affected === 1);
  }

  /** @returns whether there was such an annotation */
  remove(appId: string, id: string): Promise<boolean> {
    return this.telling(appId, async () => (await this.rows.delete({ appId, id })).affected === 1);
  }

  async countHit(id: string): Promise<void> {
    await this.rows.increment({ id }, 'hitCount', 1);
  }

  /** Oldest first. */
  questionsOf(appId: string): Promise<Question[]> {
    return this.rows.find({ select: { id: true, question: true }, where: { appId }, order: { createdAt: 'ASC' } });
  }

  /** Those without a vector of that space. */
  questionsWithout(appId: string, space: string): Promise<Question[]> {
    return this.database.query<Question>(
      `select id, question from annotations where app_id = $1 and vector_space is distinct from $2 order by created_at, id`,
      [appId, space],
    );
  }

  /** Page by page, so that reading many of them holds nothing else up. */
  async vectorsOf(appId: string, space: string): Promise<{ id: string; vector: Float32Array }[]> {
    const vectors: { id: string; vector: Float32Array }[] = [];
    for (let after = NO_ID, isLast = false; !isLast;) {
      const rows = await this.database.query<{ id: string; vector: Buffer }>(
        `select id, vector from annotations where app_id = $1 and vector_space = $2 and id > $3 order by id limit ${PAGE}`,
        [appId, space, after],
      );
      vectors.push(...rows.map(({ id, vector }) => ({ id, vector: floatsOf(vector) })));
      after = rows.at(-1)?.id ?? after;
      isLast = rows.length < PAGE;
    }
    return vectors;
  }

  /** Keeps the vectors of those questions that still read so. */
  async keepVectors(appId: string, space: string, vectors: readonly QuestionVector[]): Promise<void> {
    await this.telling(appId, () =>
      this.database.query(
        `update annotations a set vector = v.vector, vector_space = $1
           from unnest($2::uuid[], $3::text[], $4::bytea[]) as v (id, question, vector)
          where a.id = v.id and a.question = v.question`,
        [
          space,
          vectors.map(({ id }) => id),
          vectors.map(({ question }) => question),
          vectors.map(({ vector }) => bytesOf(vector)),
        ],
      ),
    );
  }

  private get rows() {
    return this.database.repositoryOf(Annotation);
  }

  /** Tells every process with the commit. */
  private telling<T>(appId: string, change: () => Promise<T>): Promise<T> {
    return this.database.transaction(async () => {
      const result = await change();
      await this.database.query('select pg_notify($1, $2)', [ANNOTATIONS_CHANGED, appId]);
      return result;
    });
  }
}

export function bytesOf({ buffer, byteOffset, byteLength }: Float32Array): Buffer {
  return Buffer.from(buffer as ArrayBuffer, byteOffset, byteLength);
}

/** Copied, because floats must begin at a multiple of four. */
function floatsOf(bytes: Buffer): Float32Array {
  return new Float32Array(Uint8Array.from(bytes).buffer);
}
