import './quiet-langchain.js';
import {
  BaseChatModel,
  type BaseChatModelCallOptions,
  type BindToolsInput,
} from '@langchain/core/language_models/chat_models';
import type { AIMessageChunk, BaseMessage } from '@langchain/core/messages';
import type { ChatResult } from '@langchain/core/outputs';
import type { Runnable } from '@langchain/core/runnables';
import type { BaseLanguageModelInput } from '@langchain/core/language_models/base';
import { convertToOpenAITool } from '@langchain/core/utils/function_calling';
import { FoldedAnswer } from '../wire/folded-answer.js';
import type { ChatModel, ModelDelta, ToolSpec } from '../wire/model-wire.js';
import { estimateTokens } from '../wire/token-estimate.js';
import { toAiMessage, toModelMessage } from './messages.js';

export interface OpsChatModelCallOptions extends BaseChatModelCallOptions {
  tools?: BindToolsInput[];
  /** Gets every batch of deltas as it arrives; a returned promise is waited for. */
  onDeltas?: (deltas: readonly ModelDelta[]) => Promise<void> | void;
}

/** Any of our models as LangChain sees one: streamed over our wire, handed on as one message. */
export class OpsChatModel extends BaseChatModel<OpsChatModelCallOptions> {
  constructor(private readonly model: ChatModel) {
    super({});
  }

  override _llmType(): string {
    return 'opsagent';
  }

  override bindTools(
    tools: BindToolsInput[],
    options: Partial<OpsChatModelCallOptions> = {},
  ): Runnable<BaseLanguageModelInput, AIMessageChunk, OpsChatModelCallOptions> {
    return this.withConfig({ ...options, tools: tools.map((tool) => convertToOpenAITool(tool)) });
  }

  override async _generate(messages: BaseMessage[], options: this['ParsedCallOptions']): Promise<ChatResult> {
    const request = { messages: messages.map(toModelMessage), tools: options.tools?.map(toolSpecOf) };
    const answer = new FoldedAnswer();
    for await (const deltas of this.model.stream(request, options.signal ?? new AbortController().signal)) {
      answer.add(deltas);
      const waiting = options.onDeltas?.(deltas);
      if (waiting) await waiting;
    }
    return { generations: [{ message: toAiMessage(answer), text: answer.text }] };
  }

  /** LangChain would fetch a vocabulary from a public host. */
  override getNumTokens(content: Parameters<BaseChatModel['getNumTokens']>[0]): Promise<number> {
    return Promise.resolve(estimateTokens(typeof content === 'string' ? content : JSON.stringify(content)));
  }
}

function toolSpecOf(tool: BindToolsInput): ToolSpec {
  const { name, description = '', parameters = {} } = convertToOpenAITool(tool).function;
  return { name, description, parameters: parameters };
}
