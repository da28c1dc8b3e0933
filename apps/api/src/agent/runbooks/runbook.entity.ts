import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

/** How to find out about a problem, and what to do. */
@Entity('runbooks')
@Index('uq_runbooks_source_name', ['sourceName'], { unique: true, where: 'deleted_at IS NULL' })
@Index('idx_runbooks_updated_at', ['updatedAt'], { where: 'deleted_at IS NULL' })
export class Runbook {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'runbooks_pkey' })
  id!: string;

  @Column('text')
  title!: string;

  @Column('text', { array: true })
  tags!: string[];

  @Column('text')
  body!: string;

  /** The file it was imported from. */
  @Column('text', { nullable: true })
  sourceName!: string | null;

  @Column('boolean')
  isActive!: boolean;

  @Column('uuid', { nullable: true })
  @ForeignKey('User', { name: 'fk_runbooks_created_by', onDelete: 'SET NULL' })
  createdBy!: string | null;

  @Column('uuid', { nullable: true })
  @ForeignKey('User', { name: 'fk_runbooks_updated_by', onDelete: 'SET NULL' })
  updatedBy!: string | null;

  @Column('timestamptz')
  createdAt!: Date;

  @Column('timestamptz')
  updatedAt!: Date;

  @Column('timestamptz', { nullable: true })
  deletedAt!: Date | null;
}
