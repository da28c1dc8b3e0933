import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

/** An answer that was written beforehand, for questions like its own. */
@Entity('annotations')
@Index('idx_annotations_app', ['appId', 'createdAt'])
export class Annotation {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'annotations_pkey' })
  id!: string;

  @Column('uuid')
  @ForeignKey('App', { name: 'fk_annotations_app', onDelete: 'CASCADE' })
  appId!: string;

  @Column('text')
  question!: string;

  @Column('text')
  answer!: string;

  /** How often it answered. */
  @Column('integer', { default: 0 })
  hitCount!: number;

  /** The question as 32-bit floats, little-endian: an array of the database's would be sent and read as text. */
  @Column('bytea', { nullable: true, select: false })
  vector!: Buffer | null;

  /** The `space` of the embedding model that made the vector. */
  @Column('text', { nullable: true, select: false })
  vectorSpace!: string | null;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt!: Date;
}
