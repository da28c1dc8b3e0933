import type { AppMode, FeedbackRating } from '@opsagent/contracts';
import type { MessageRow, StepRow } from '../../session/conversations.js';
import type { FileInMessage } from '../../session/files/file.repository.js';
import { Field } from './field.js';
import { DifyMessageFile, toMessageFile } from './message-file.js';
import { thoughtOf, type Round } from './thought.js';
import { difyCurrency, seconds, unixSeconds } from './usage.js';

/** History is one line: Dify's service API stores this as the parent of every message. */
const NO_PARENT = '00000000-0000-0000-0000-000000000000';

/** What an agent said and did in one round of an answer. */
export class DifyAgentThought {
  @Field({ type: 'string', format: 'uuid', description: 'Names the thought.' })
  id!: string;

  @Field({ type: 'string', nullable: true, description: 'Always null.' })
  chain_id!: null;

  @Field({ type: 'string', format: 'uuid', description: 'The message it belongs to.' })
  message_id!: string;

  @Field({ type: 'integer', description: 'Its place in the answer, from 1.' })
  position!: number;

  @Field({ type: 'string', description: 'What the agent said in this round; the last thought holds the final answer.' })
  thought!: string;

  @Field({ type: 'string', description: 'The tools it called, joined by `;`.' })
  tool!: string;

  @Field({ type: 'object', additionalProperties: true, description: 'The tools in words, by language.' })
  tool_labels!: Record<string, { en_US: string; zh_Hans: string }>;

  @Field({ type: 'string', description: 'The arguments: JSON text of `{tool: arguments}`, or empty.' })
  tool_input!: string;

  @Field({ type: 'integer', description: 'When it began, in Unix seconds.' })
  created_at!: number;

  @Field({ type: 'string', description: 'What the tools answered: JSON text of `{tool: answer}`, or empty.' })
  observation!: string;

  @Field({ type: 'array', items: { required: true, type: 'string' }, description: 'Files that tools made.' })
  files!: string[];
}

const ANY_OBJECTS = { type: 'array', items: { required: true, type: 'object', additionalProperties: true } } as const;

/** One turn of a conversation: a question and its answer. */
export class DifyMessage {
  @Field({ type: 'string', format: 'uuid', description: 'Names the message.' })
  id!: string;

  @Field({ type: 'string', format: 'uuid', description: 'The conversation it belongs to.' })
  conversation_id!: string;

  @Field({ type: 'string', format: 'uuid', nullable: true, description: 'Always the nil UUID: history is one line.' })
  parent_message_id!: string | null;

  @Field({ type: 'object', additionalProperties: true, description: 'The inputs of the conversation.' })
  inputs!: Record<string, unknown>;

  @Field({ type: 'string', description: 'The question.' })
  query!: string;

  @Field({ type: 'string', description: 'The answer, as far as it came.' })
  answer!: string;

  @Field({ type: 'object', additionalProperties: true, nullable: true, description: 'The end user’s rating.' })
  feedback!: { rating: FeedbackRating } | null;

  @Field({ ...ANY_OBJECTS, description: 'What was retrieved for the answer.' })
  retriever_resources!: Record<string, unknown>[];

  @Field({ type: 'integer', description: 'When it was asked, in Unix seconds.' })
  created_at!: number;

  @Field({
    type: 'array',
    items: { required: true, nested: () => DifyAgentThought },
    description: 'The rounds of an agent’s answer; empty where no agent answered.',
  })
  agent_thoughts!: DifyAgentThought[];

  @Field({
    type: 'array',
    items: { required: true, nested: () => DifyMessageFile },
    description: 'Files of the question.',
  })
  message_files!: DifyMessageFile[];

  @Field({ type: 'string', description: '`normal` or `error`.' })
  status!: 'normal' | 'error';

  @Field({ type: 'string', nullable: true, description: 'Why it failed.' })
  error!: string | null;

  @Field({ ...ANY_OBJECTS, description: 'Always empty.' })
  extra_contents!: Record<string, unknown>[];

  @Field({ type: 'integer', description: 'Tokens read by the model.' })
  message_tokens!: number;

  @Field({ type: 'integer', description: 'Tokens written by the model.' })
  answer_tokens!: number;

  @Field({ type: 'integer', description: 'Tokens read and written.' })
  total_tokens!: number;

  @Field({ type: 'number', description: 'The whole answer, in seconds.' })
  provider_response_latency!: number;

  @Field({ type: 'string', nullable: true, description: 'Price of the answer, a decimal.' })
  total_price!: string | null;

  @Field({ type: 'string', nullable: true, description: 'Currency of the price.' })
  currency!: string | null;
}

/** One page of messages. */
export class DifyMessagePage {
  @Field({ type: 'integer', description: 'How many a page may hold.' })
  limit!: number;

  @Field({ type: 'boolean', description: 'Whether there are older ones.' })
  has_more!: boolean;

  @Field({
    type: 'array',
    items: { required: true, nested: () => DifyMessage },
    description: 'The messages, oldest first.',
  })
  data!: DifyMessage[];
}

export function toMessage(
  row: MessageRow,
  mode: AppMode,
  rating: FeedbackRating | undefined,
  addressOf: (file: FileInMessage) => string | null = () => null,
): DifyMessage {
  const { promptTokens = 0, completionTokens = 0 } = row.usage ?? {};
  return {
    id: row.id,
    conversation_id: row.sessionId,
    parent_message_id: NO_PARENT,
    inputs: row.inputs,
    query: row.query,
    answer: row.answer,
    feedback: rating ? { rating } : null,
    retriever_resources: [],
    created_at: unixSeconds(row.createdAt),
    agent_thoughts: mode === 'agent-chat' ? thoughtsOf(row) : [],
    message_files: row.files.map((file) => toMessageFile(file, addressOf(file))),
    status: row.status === 'failed' ? 'error' : 'normal',
    error: row.error?.detail ?? null,
    extra_contents: [],
    message_tokens: promptTokens,
    answer_tokens: completionTokens,
    total_tokens: promptTokens + completionTokens,
    provider_response_latency: seconds(row.totalMs ?? 0),
    total_price: row.totalPrice,
    currency: row.currency && difyCurrency(row.currency),
  };
}

function thoughtsOf(row: MessageRow): DifyAgentThought[] {
  return roundsOf(row).map((round) => {
    const { observation, ...thought } = thoughtOf(row.id, round);
    const startedAt = row.steps.find((step) => step.round === round.round)?.createdAt ?? row.createdAt;
    return {
      ...thought,
      observation,
      chain_id: null,
      message_id: row.id,
      created_at: unixSeconds(startedAt),
      files: [],
    };
  });
}

/** Every round with its steps, and the text that came after the last of them: the final answer. */
function roundsOf({ answer, steps }: MessageRow): Round[] {
  const byRound = [...Map.groupBy(steps, (step) => step.round)].sort(([first], [second]) => first - second);
  const rounds = byRound.map(([round, own]) => ({ round, text: own[0]?.thought ?? '', steps: own.map(toCalledTool) }));
  const before = rounds.map(({ text }) => text).join('');
  const rest = answer.startsWith(before) ? answer.slice(before.length) : answer;
  const last = { round: (rounds.at(-1)?.round ?? 0) + 1, text: rest, steps: [] };
  return rest === '' && rounds.length > 0 ? rounds : [...rounds, last];
}

/** A step that still runs, or was cut short, has no observation yet. */
function toCalledTool({ tool, label, input, observation, state }: StepRow): Round['steps'][number] {
  return { tool, label, input, observation: state === 'running' ? null : observation };
}
