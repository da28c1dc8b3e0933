import { Injectable } from '@nestjs/common';
import type { FeedbackRating } from '@opsagent/contracts';
import { In } from 'typeorm';
import { Database } from '../platform/database/database.js';
import { MessageFeedback } from './message-feedback.entity.js';
import { Message } from './message.entity.js';
import { MessageNotFound } from './session.errors.js';
import { Session } from './session.entity.js';

/** An opinion without its author. */
export interface Feedback {
  rating: FeedbackRating;
  content: string | null;
}

/** What users of the console thought of the answers in their own sessions. */
@Injectable()
export class MessageFeedbackRepository {
  constructor(private readonly database: Database) {}

  /** The user's own opinions of these messages, by message. */
  async of(userId: string, messageIds: readonly string[]): Promise<Map<string, Feedback>> {
    const rows = await this.database.repositoryOf(MessageFeedback).findBy({ userId, messageId: In(messageIds) });
    return new Map(rows.map(({ messageId, rating, content }) => [messageId, { rating, content }]));
  }

  /** Keeps the user's opinion in place of an earlier one; null takes it back. @throws MessageNotFound */
  async save(userId: string, messageId: string, feedback: Feedback | null): Promise<void> {
    await this.checkOwned(userId, messageId);
    const feedbacks = this.database.repositoryOf(MessageFeedback);
    if (feedback === null) await feedbacks.delete({ userId, messageId });
    else {
      await feedbacks.upsert(
        { ...feedback, messageId, userId, endUserId: null, fromSource: 'admin', updatedAt: new Date() },
        ['messageId', 'userId', 'endUserId'],
      );
    }
  }

  private async checkOwned(userId: string, messageId: string): Promise<void> {
    const isOwned = await this.database
      .repositoryOf(Message)
      .createQueryBuilder('m')
      .innerJoin(Session, 's', 's.id = m.sessionId')
      .where('m.id = :messageId AND s.ownerId = :userId AND s.deletedAt IS NULL', { messageId, userId })
      .getExists();
    if (!isOwned) throw new MessageNotFound();
  }
}
