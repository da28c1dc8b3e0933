import type { UsableModel } from '../llm-config/chat-models.js';
import type { FoldedAnswer } from '../llm-config/wire/folded-answer.js';
import { UpstreamFailed } from '../llm-config/wire/model-wire.js';

/** @throws UpstreamFailed when the model ended its answer for a reason its reader must know */
export function checkEnd({ configName }: UsableModel, { finish, text }: Pick<FoldedAnswer, 'finish' | 'text'>): void {
  const name = `The model configuration "${configName}"`;
  if (finish === 'content_filter') {
    throw new UpstreamFailed(
      'content_filter',
      `${name} broke off: the provider's filter blocked the rest of the answer.`,
    );
  }
  if (finish === 'length' && text === '') {
    const because = 'used up the longest answer allowed before it said anything. Raise its token limit.';
    throw new UpstreamFailed('empty_answer', `${name} ${because}`);
  }
}
