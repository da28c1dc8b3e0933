import { APP_MODE, type AppMode } from '@opsagent/contracts';
import type { Run } from '../../session/run.js';
import type { TurnResult } from '../../session/chat-turn.js';
import { turnFailure } from './error-mapping.js';
import { Field } from './field.js';
import { DifyMetadata, metadataOf, unixSeconds } from './usage.js';

/** A whole answer, as blocking calls get it. */
export class DifyChatAnswer {
  @Field({ type: 'string', description: 'Always `message`.', example: 'message' })
  event!: 'message';

  @Field({ type: 'string', format: 'uuid', description: 'The run that made the answer.' })
  task_id!: string;

  @Field({ type: 'string', format: 'uuid', description: 'The same as `message_id`.' })
  id!: string;

  @Field({ type: 'string', format: 'uuid', description: 'Names the message.' })
  message_id!: string;

  @Field({ type: 'string', format: 'uuid', description: 'Names the conversation; send it to go on.' })
  conversation_id!: string;

  @Field({ type: 'string', set: APP_MODE, description: 'The mode of the app.' })
  mode!: AppMode;

  @Field({ type: 'string', description: 'The answer.' })
  answer!: string;

  @Field({ nested: () => DifyMetadata, description: 'What it took.' })
  metadata!: DifyMetadata;

  @Field({ type: 'integer', description: 'When the message was created, in Unix seconds.' })
  created_at!: number;
}

/** @throws DifyError when the turn failed. */
export function chatAnswerOf(run: Run, mode: AppMode, result: TurnResult): DifyChatAnswer {
  if (result.error) throw turnFailure(result.error);
  return {
    event: 'message',
    task_id: run.runId,
    id: run.messageId,
    message_id: run.messageId,
    conversation_id: run.sessionId,
    mode,
    answer: result.answer,
    metadata: metadataOf(
      {
        promptTokens: result.usage?.promptTokens ?? 0,
        completionTokens: result.usage?.completionTokens ?? 0,
        firstTokenMs: result.firstTokenMs,
        totalMs: result.totalMs,
        cost: result.cost,
      },
      run.readyAnswer,
    ),
    created_at: unixSeconds(run.createdAt),
  };
}
