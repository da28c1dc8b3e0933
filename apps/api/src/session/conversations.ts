import { Injectable } from '@nestjs/common';
import type { MessageStatus, SessionSort } from '@opsagent/contracts';
import type { ModelUsage } from '../llm-config/wire/model-wire.js';
import type { AgentStep } from './agent-step.entity.js';
import { ChatService } from './chat-service.js';
import type { SessionOwner, TurnError } from './chat-turn.js';
import type { FileInMessage } from './files/file.repository.js';
import { Files } from './files/files.js';
import { toMessageError, toTotalPrice, toUsage } from './message-columns.js';
import { MessageRepository, type MessageWithSteps } from './message.repository.js';
import { Runs } from './runs.js';
import type { Session } from './session.entity.js';
import { SessionRepository } from './session.repository.js';

/** A session as another wire lists it. */
export type ConversationRow = Pick<Session, 'id' | 'name' | 'inputs' | 'llmConfigId' | 'createdAt' | 'updatedAt'>;

/** A tool call as another wire shows it. */
export type StepRow = Pick<
  AgentStep,
  'id' | 'round' | 'position' | 'thought' | 'tool' | 'label' | 'input' | 'observation' | 'state'
> & {
  createdAt: Date;
};

/** A turn as another wire shows it. */
export interface MessageRow {
  id: string;
  sessionId: string;
  query: string;
  answer: string;
  inputs: Record<string, unknown>;
  status: MessageStatus;
  error: TurnError | null;
  usage: ModelUsage | null;
  firstTokenMs: number | null;
  totalMs: number | null;
  totalPrice: string | null;
  currency: string | null;
  createdAt: Date;
  steps: StepRow[];
  files: readonly FileInMessage[];
}

/** The last turns of a conversation, oldest first. */
export interface SaidTurns {
  llmConfigId: string | null;
  turns: { query: string; answer: string }[];
}

/** The first turn of a conversation, and the configuration that is bound. */
export interface FirstTurn {
  llmConfigId: string | null;
  query: string;
  answer: string;
}

/** What other wires read and change of sessions: always those of one owner. */
@Injectable()
export class Conversations {
  constructor(
    private readonly sessions: SessionRepository,
    private readonly messageRepository: MessageRepository,
    private readonly chat: ChatService,
    private readonly files: Files,
    private readonly runs: Runs,
  ) {}

  /** @throws LastSessionNotFound when `afterId` is not the owner's. */
  async page(
    owner: SessionOwner,
    { afterId, limit, sort }: { afterId: string | null; limit: number; sort: SessionSort },
  ): Promise<{ items: ConversationRow[]; hasMore: boolean }> {
    const found = await this.sessions.pageAfter(owner, afterId, limit, sort);
    return { items: found.slice(0, limit), hasMore: found.length > limit };
  }

  /** @throws SessionNotFound */
  get(owner: SessionOwner, sessionId: string): Promise<ConversationRow> {
    return this.sessions.getOf(owner, sessionId);
  }

  /** `touch` moves it to the top of the list. @throws SessionNotFound */
  async rename(owner: SessionOwner, sessionId: string, name: string, touch: boolean): Promise<ConversationRow> {
    await this.sessions.getOf(owner, sessionId);
    await this.sessions.update(sessionId, { name }, touch);
    return this.sessions.getOf(owner, sessionId);
  }

  /** Removes it with everything in it; what still answers in it is stopped. @throws SessionNotFound */
  async deleteForGood(owner: SessionOwner, sessionId: string): Promise<void> {
    await this.sessions.getOf(owner, sessionId);
    await this.chat.stopAllIn(sessionId);
    await this.files.withoutThoseOf([sessionId], async () => void (await this.sessions.deleteForGood([sessionId])));
  }

  /** Removes for good some of an app's that nobody used since; pinned ones and those that are answered in stay. @returns how many */
  async purgeUnused(appId: string, since: Date, most: number): Promise<number> {
    const answered = this.runs.all().map(({ sessionId }) => sessionId);
    const ids = await this.sessions.unusedSince(appId, since, { most, except: answered });
    if (ids.length === 0) return 0;
    let deleted = 0;
    await this.files.withoutThoseOf(ids, async () => void (deleted = await this.sessions.deleteForGood(ids, since)));
    return deleted;
  }

  /** Puts a name in the place of `seen`, unless somebody else gave it another one; it stays where it is in the list. */
  async replaceName(owner: SessionOwner, sessionId: string, seen: string, name: string): Promise<void> {
    await this.sessions.getOf(owner, sessionId);
    await this.sessions.replaceName(sessionId, seen, name);
  }

  /** What opened it; empty when it holds nothing. @throws SessionNotFound */
  async firstTurn(owner: SessionOwner, sessionId: string): Promise<FirstTurn> {
    const { llmConfigId } = await this.sessions.getOf(owner, sessionId);
    const turn = await this.messageRepository.firstTurn(sessionId);
    return { query: turn?.query ?? '', answer: turn?.answer ?? '', llmConfigId };
  }

  /** What was said up to a message, the last `most` turns, and the configuration that is bound. @throws MessageNotFound */
  async saidUpTo(owner: SessionOwner, messageId: string, most: number): Promise<SaidTurns> {
    const sessionId = await this.messageRepository.sessionOf(owner, messageId);
    const { llmConfigId } = await this.sessions.getOf(owner, sessionId);
    return { llmConfigId, turns: await this.messageRepository.saidUpTo(sessionId, messageId, most) };
  }

  /** Oldest first inside the page. @throws SessionNotFound, FirstMessageNotFound */
  async messages(
    owner: SessionOwner,
    sessionId: string,
    { beforeId, limit }: { beforeId: string | null; limit: number },
  ): Promise<{ items: MessageRow[]; hasMore: boolean }> {
    const { inputs } = await this.sessions.getOf(owner, sessionId);
    const { items, hasMore } = await this.messageRepository.pageBefore(sessionId, beforeId, limit);
    const files = await this.files.ofMessages(items.map(({ message }) => message.id));
    return {
      items: items.map((item) => ({ ...toMessageRow(item, inputs), files: files.get(item.message.id) ?? [] })),
      hasMore,
    };
  }
}

function toMessageRow(
  { message, steps }: MessageWithSteps,
  inputs: Record<string, unknown>,
): Omit<MessageRow, 'files'> {
  const { id, sessionId, query, answer, status, firstTokenMs, totalMs, currency, createdAt } = message;
  return {
    ...{ id, sessionId, query, answer, status, firstTokenMs, totalMs, currency, createdAt, inputs },
    totalPrice: toTotalPrice(message),
    error: toMessageError(message),
    usage: toUsage(message),
    steps: steps.map((step) => ({ ...step, createdAt: step.startedAt })),
  };
}
