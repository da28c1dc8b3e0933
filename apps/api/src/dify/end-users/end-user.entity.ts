import { Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';

/** Somebody a Dify client speaks for; the client alone knows who that is. */
@Entity('end_users')
@Unique('uq_end_users_session', ['appId', 'sessionId'])
export class EndUser {
  /** Derived from app and `sessionId`, see `endUserId`. */
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'end_users_pkey' })
  id!: string;

  @Column('uuid')
  @ForeignKey('App', { name: 'fk_end_users_app', onDelete: 'CASCADE' })
  appId!: string;

  /** The client's `user`, as sent. */
  @Column('text')
  sessionId!: string;

  /** The client named nobody. */
  @Column('boolean')
  isAnonymous!: boolean;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt!: Date;

  @Column('timestamptz', { default: () => 'now()' })
  updatedAt!: Date;
}
