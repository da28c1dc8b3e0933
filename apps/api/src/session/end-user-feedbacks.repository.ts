import { Injectable } from '@nestjs/common';
import type { FeedbackRating } from '@opsagent/contracts';
import { In } from 'typeorm';
import { Database } from '../platform/database/database.js';
import { MessageFeedback } from './message-feedback.entity.js';
import type { Feedback } from './message-feedback.repository.js';
import { MessageRepository } from './message.repository.js';

/** An end user of an app. */
export interface AppUser {
  appId: string;
  endUserId: string;
}

/** An opinion with its place. */
export type GivenFeedback = Pick<
  MessageFeedback,
  'id' | 'messageId' | 'rating' | 'content' | 'fromSource' | 'userId' | 'endUserId' | 'createdAt' | 'updatedAt'
> & { sessionId: string; query: string; answer: string };

const OF_APP = `
  FROM message_feedbacks f JOIN messages m ON m.id = f.message_id JOIN user_sessions s ON s.id = m.session_id
  WHERE s.app_id = $1 AND s.deleted_at IS NULL`;

const FIND_OF_APP = `
  SELECT f.id, f.message_id AS "messageId", m.session_id AS "sessionId", left(m.query, 300) AS query,
    left(m.answer, 300) AS answer, f.rating, f.content, f.from_source AS "fromSource",
    f.user_id AS "userId", f.end_user_id AS "endUserId", f.created_at AS "createdAt", f.updated_at AS "updatedAt"
  ${OF_APP}
  ORDER BY f.created_at DESC, f.id LIMIT $2 OFFSET $3`;

/** What end users of apps thought of the answers they got. */
@Injectable()
export class EndUserFeedbacks {
  constructor(
    private readonly database: Database,
    private readonly messages: MessageRepository,
  ) {}

  /** The end user's own ratings of these messages, by message. */
  async ratingsOf({ endUserId }: AppUser, messageIds: readonly string[]): Promise<Map<string, FeedbackRating>> {
    const rows = await this.database.repositoryOf(MessageFeedback).findBy({ endUserId, messageId: In(messageIds) });
    return new Map(rows.map(({ messageId, rating }) => [messageId, rating]));
  }

  /** Keeps the end user's opinion in place of an earlier one. @throws MessageNotFound */
  async save(owner: AppUser, messageId: string, feedback: Feedback): Promise<void> {
    await this.messages.sessionOf(owner, messageId);
    const row = { ...feedback, messageId, userId: null, endUserId: owner.endUserId, fromSource: 'user' as const };
    await this.database
      .repositoryOf(MessageFeedback)
      .upsert({ ...row, updatedAt: new Date() }, ['messageId', 'userId', 'endUserId']);
  }

  /** Takes the opinion back. @returns whether there was one. @throws MessageNotFound */
  async takeBack(owner: AppUser, messageId: string): Promise<boolean> {
    await this.messages.sessionOf(owner, messageId);
    const { endUserId } = owner;
    const { affected } = await this.database.repositoryOf(MessageFeedback).delete({ messageId, endUserId });
    return (affected ?? 0) > 0;
  }

  /** Newest first, of every end user of the app. */
  ofApp(appId: string, { skip, limit }: { skip: number; limit: number }): Promise<GivenFeedback[]> {
    return this.database.query<GivenFeedback>(FIND_OF_APP, [appId, limit, skip]);
  }

  async countOfApp(appId: string): Promise<number> {
    const [row] = await this.database.query<{ count: string }>(`SELECT count(*) ${OF_APP}`, [appId]);
    return Number(row?.count ?? 0);
  }
}
