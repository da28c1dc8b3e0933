import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { Database } from '../platform/database/database.js';
import { AgentStep } from './agent-step.entity.js';
import { Message } from './message.entity.js';
import { FirstMessageNotFound } from './session.errors.js';

/** A message with its tool steps in order. */
export interface MessageWithSteps {
  message: Message;
  steps: AgentStep[];
}

/** Messages in the table, away from the chat path. */
@Injectable()
export class MessageRepository {
  constructor(private readonly database: Database) {}

  /** A page counted from the newest, oldest first inside the page. */
  async page(sessionId: string, skip: number, limit: number): Promise<{ items: MessageWithSteps[]; total: number }> {
    const [newestFirst, total] = await this.database
      .repositoryOf(Message)
      .findAndCount({ where: { sessionId }, order: { seq: 'DESC' }, skip, take: limit });
    return { items: await this.withSteps(newestFirst.reverse()), total };
  }

  /** The newest messages before `beforeId`, oldest first. @throws FirstMessageNotFound when that is not of the session. */
  async pageBefore(
    sessionId: string,
    beforeId: string | null,
    limit: number,
  ): Promise<{ items: MessageWithSteps[]; hasMore: boolean }> {
    const messages = this.database.repositoryOf(Message);
    const query = messages.createQueryBuilder('m').where('m.sessionId = :sessionId', { sessionId });
    if (beforeId !== null) {
      const before = await messages.findOneBy({ id: beforeId, sessionId });
      if (!before) throw new FirstMessageNotFound();
      query.andWhere('m.seq < :seq', { seq: before.seq });
    }
    const newestFirst = await query
      .orderBy('m.seq', 'DESC')
      .take(limit + 1)
      .getMany();
    const page = newestFirst.slice(0, limit).reverse();
    return { items: await this.withSteps(page), hasMore: newestFirst.length > limit };
  }

  /** The question that opened a session; null when it holds none. */
  async firstQuery(sessionId: string): Promise<string | null> {
    const messages = this.database.repositoryOf(Message);
    const [first] = await messages.find({
      select: { id: true, query: true },
      where: { sessionId },
      order: { seq: 'ASC' },
      take: 1,
    });
    return first?.query ?? null;
  }

  private async withSteps(messages: Message[]): Promise<MessageWithSteps[]> {
    if (messages.length === 0) return [];
    const steps = await this.database
      .repositoryOf(AgentStep)
      .find({ where: { messageId: In(messages.map(({ id }) => id)) }, order: { position: 'ASC' } });
    const byMessage = Map.groupBy(steps, ({ messageId }) => messageId);
    return messages.map((message) => ({ message, steps: byMessage.get(message.id) ?? [] }));
  }
}
