import type { JobDto } from '@opsagent/contracts';
import { oneOfSet } from '@opsagent/contracts';
import type { Annotation } from '../annotations/annotation.entity.js';
import { Field } from './field.js';
import { unixSeconds } from './usage.js';

/** What a client says of an annotation. */
export class DifyAnnotationRequest {
  @Field({ type: 'string', description: 'The question.' })
  question!: string;

  @Field({ type: 'string', description: 'The answer to questions like it.' })
  answer!: string;
}

/** An answer that was written beforehand. */
export class DifyAnnotation {
  @Field({ type: 'string', format: 'uuid', description: 'Names the annotation.' })
  id!: string;

  @Field({ type: 'string', nullable: true, description: 'The question.' })
  question!: string | null;

  @Field({ type: 'string', nullable: true, description: 'The answer to questions like it.' })
  answer!: string | null;

  @Field({ type: 'integer', nullable: true, description: 'How often it answered.' })
  hit_count!: number | null;

  @Field({ type: 'integer', nullable: true, description: 'When it was written, in Unix seconds.' })
  created_at!: number | null;
}

/** One page of annotations. */
export class DifyAnnotationPage {
  @Field({ type: 'array', items: { required: true, nested: () => DifyAnnotation }, description: 'Newest first.' })
  data!: DifyAnnotation[];

  @Field({ type: 'boolean', description: 'Whether there are older ones.' })
  has_more!: boolean;

  @Field({ type: 'integer', description: 'How many a page may hold.' })
  limit!: number;

  @Field({ type: 'integer', description: 'How many there are in all.' })
  total!: number;

  @Field({ type: 'integer', description: 'The number of this page, from 1.' })
  page!: number;
}

/** Which annotations to list. */
export class DifyAnnotationQuery {
  @Field({ type: 'integer', minimum: 1, required: false, default: 1, description: 'The number of the page.' })
  page?: number;

  @Field({
    ...{ type: 'integer', minimum: 1, required: false, default: 20 },
    description: 'How many a page may hold; 100 at the most.',
  })
  limit?: number;

  @Field({ type: 'string', required: false, description: 'What the question or the answer must contain.' })
  keyword?: string;
}

/** How annotations are to answer; all of it is sent also to switch them off. */
export class DifyAnnotationReplyRequest {
  @Field({ type: 'number', minimum: 0, maximum: 1, description: 'How alike two questions must be, from 0 to 1.' })
  score_threshold!: number;

  @Field({ type: 'string', description: 'The provider of an embedding configuration: its id or its name.' })
  embedding_provider_name!: string;

  @Field({ type: 'string', description: 'The model of that configuration.' })
  embedding_model_name!: string;
}

export const ANNOTATION_REPLY_ACTION = oneOfSet('DifyAnnotationReplyAction', ['enable', 'disable']);

const JOB_STATUS = oneOfSet('DifyJobStatus', ['waiting', 'processing', 'completed', 'error']);

/** Work that goes on behind the answer. */
export class DifyAnnotationJob {
  @Field({ type: 'string', format: 'uuid', description: 'Names the job.' })
  job_id!: string;

  @Field({ type: 'string', set: JOB_STATUS, description: 'Where it stands.' })
  job_status!: 'waiting' | 'processing' | 'completed' | 'error';
}

/** What became of such work. */
export class DifyAnnotationJobStatus extends DifyAnnotationJob {
  @Field({ type: 'string', description: 'Why it failed; empty as a rule.' })
  error_msg!: string;
}

export function toAnnotation({ id, question, answer, hitCount, createdAt }: Annotation): DifyAnnotation {
  return { id, question, answer, hit_count: hitCount, created_at: unixSeconds(createdAt) };
}

export function toJobStatus(job: JobDto): DifyAnnotationJobStatus {
  const status = job.state === 'finished' && job.failed === 0 ? 'completed' : 'error';
  const reason = job.error ?? job.items.find(({ state, detail }) => state !== 'passed' && detail !== null)?.detail;
  return {
    job_id: job.id,
    job_status: job.state === 'running' ? 'processing' : status,
    error_msg: job.state !== 'running' && status === 'error' ? (reason ?? 'The job was cut short.') : '',
  };
}
