import { Injectable } from '@nestjs/common';
import { In, IsNull, Not, type Repository } from 'typeorm';
import { Database } from '../platform/database/database.js';
import { AgentStep } from './agent-step.entity.js';
import type { SessionOwner } from './chat-turn.js';
import { Message } from './message.entity.js';
import { MessageTree } from './message-tree.js';
import { FirstMessageNotFound, MessageNotFound } from './session.errors.js';
import { Session } from './session.entity.js';
import { ownerColumns } from './turn-reader.js';

/** A message with its tool steps in order. */
export interface MessageWithSteps {
  message: Message;
  steps: AgentStep[];
}

/** A message at its place in a line of versions. */
export interface MessageInLine extends MessageWithSteps {
  parentId: string | null;
  versions: readonly string[];
}

/** Messages in the table, away from the chat path. */
@Injectable()
export class MessageRepository {
  constructor(private readonly database: Database) {}

  /**
   * A page of the newest line, or of the one through a message, counted from its end; oldest first inside the page.
   * @throws MessageNotFound when `through` is not of the session.
   */
  async page(
    sessionId: string,
    { skip, limit, through }: { skip: number; limit: number; through?: string },
  ): Promise<{ items: MessageInLine[]; total: number }> {
    if (through === undefined && !(await this.hasVersions(sessionId)))
      return this.pageOfOnlyLine(sessionId, skip, limit);
    const tree = await this.treeOf(sessionId);
    if (through !== undefined && !tree.has(through)) throw new MessageNotFound();
    const line = tree.lineThrough(through);
    const ids = line.slice(Math.max(0, line.length - skip - limit), Math.max(0, line.length - skip));
    const items = await this.withSteps(await this.byIds(ids));
    return { items: items.map((item) => ({ ...item, ...placeIn(tree, item.message.id) })), total: line.length };
  }

  /** The newest messages of the newest line before `beforeId`, oldest first. @throws FirstMessageNotFound when that is not of the session. */
  async pageBefore(
    sessionId: string,
    beforeId: string | null,
    limit: number,
  ): Promise<{ items: MessageWithSteps[]; hasMore: boolean }> {
    const query = this.messages().createQueryBuilder('m').where('m.sessionId = :sessionId', { sessionId });
    if (await this.hasVersions(sessionId))
      query.andWhere('m.id = ANY (:line)', { line: (await this.treeOf(sessionId)).lineThrough() });
    if (beforeId !== null) {
      const before = await this.messages().findOneBy({ id: beforeId, sessionId });
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

  /** The session of one of an owner's messages. @throws MessageNotFound */
  async sessionOf(owner: SessionOwner, messageId: string): Promise<string> {
    const found = await this.messages()
      .createQueryBuilder('m')
      .select('m.sessionId', 'sessionId')
      .innerJoin(Session, 's', 's.id = m.sessionId AND s.deletedAt IS NULL')
      .where('m.id = :messageId', { messageId })
      .andWhere('(s.ownerId = :userId OR (s.appId = :appId AND s.endUserId = :endUserId))', ownerColumns(owner))
      .getRawOne<{ sessionId: string }>();
    if (!found) throw new MessageNotFound();
    return found.sessionId;
  }

  /** What was asked and answered up to a message, in its session's order; the last `most`. */
  async saidUpTo(sessionId: string, messageId: string, most: number): Promise<Pick<Message, 'query' | 'answer'>[]> {
    const newestFirst = await this.messages()
      .createQueryBuilder('m')
      .where('m.sessionId = :sessionId', { sessionId })
      .andWhere('m.seq <= (SELECT seq FROM messages WHERE id = :messageId)', { messageId })
      .orderBy('m.seq', 'DESC')
      .take(most)
      .getMany();
    return newestFirst.reverse();
  }

  /** The turn that opened a session; null when it holds none. */
  firstTurn(sessionId: string): Promise<Pick<Message, 'query' | 'answer'> | null> {
    return this.messages().findOne({
      select: { id: true, query: true, answer: true },
      where: { sessionId },
      order: { seq: 'ASC' },
    });
  }

  private async pageOfOnlyLine(
    sessionId: string,
    skip: number,
    limit: number,
  ): Promise<{ items: MessageInLine[]; total: number }> {
    const [newestFirst, total] = await this.messages().findAndCount({
      where: { sessionId },
      order: { seq: 'DESC' },
      skip,
      // One more, which the oldest of the page follows.
      take: limit + 1,
    });
    const items = await this.withSteps(newestFirst.slice(0, limit).reverse());
    const before = newestFirst[limit]?.id ?? null;
    return {
      items: items.map((item, index) => ({
        ...item,
        parentId: items[index - 1]?.message.id ?? before,
        versions: [item.message.id],
      })),
      total,
    };
  }

  private hasVersions(sessionId: string): Promise<boolean> {
    return this.messages().existsBy({ sessionId, parentId: Not(IsNull()) });
  }

  private async treeOf(sessionId: string): Promise<MessageTree> {
    return new MessageTree(
      await this.messages().find({ select: { id: true, parentId: true }, where: { sessionId }, order: { seq: 'ASC' } }),
    );
  }

  private byIds(ids: readonly string[]): Promise<Message[]> {
    return this.messages().find({ where: { id: In(ids) }, order: { seq: 'ASC' } });
  }

  private messages(): Repository<Message> {
    return this.database.repositoryOf(Message);
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

function placeIn(tree: MessageTree, id: string): Pick<MessageInLine, 'parentId' | 'versions'> {
  return { parentId: tree.parentOf(id), versions: tree.versionsOf(id) };
}
