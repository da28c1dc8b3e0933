import type { FeedbackRating } from '@opsagent/contracts';
import { Check, Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';

/** What one reader thought of one answer. */
@Entity('message_feedbacks')
@Unique('uq_message_feedbacks_author', ['messageId', 'userId', 'endUserId'])
@Check('ck_message_feedbacks_rating', `rating IN ('like', 'dislike')`)
@Check('ck_message_feedbacks_source', `from_source IN ('user', 'admin')`)
export class MessageFeedback {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'message_feedbacks_pkey', default: () => 'gen_random_uuid()' })
  id!: string;

  @Column('uuid')
  @ForeignKey('Message', { name: 'fk_message_feedbacks_message', onDelete: 'CASCADE' })
  messageId!: string;

  @Column('text')
  rating!: FeedbackRating;

  @Column('text', { nullable: true })
  content!: string | null;

  /** Whether an app's end user said it or a user of the console. */
  @Column('text')
  fromSource!: 'user' | 'admin';

  @Column('uuid', { nullable: true })
  @ForeignKey('User', { name: 'fk_message_feedbacks_user', onDelete: 'CASCADE' })
  userId!: string | null;

  @Column('uuid', { nullable: true })
  endUserId!: string | null;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt!: Date;

  @Column('timestamptz', { default: () => 'now()' })
  updatedAt!: Date;
}
