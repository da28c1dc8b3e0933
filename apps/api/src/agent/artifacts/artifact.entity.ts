import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

/** A result too big for a model. It goes with its session, by a trigger. */
@Entity('artifacts')
@Index('idx_artifacts_session', ['sessionId'])
export class Artifact {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'artifacts_pkey' })
  id!: string;

  @Column('uuid')
  sessionId!: string;

  @Column('uuid')
  messageId!: string;

  @Column('uuid')
  stepId!: string;

  @Column('text')
  mime!: string;

  @Column('integer')
  bytes!: number;

  @Column('integer')
  lines!: number;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt!: Date;
}

/** Some whole lines of an artifact, so that a part of it is read without the rest. */
@Entity('artifact_chunks')
export class ArtifactChunk {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_artifact_chunks' })
  @ForeignKey('Artifact', { name: 'fk_artifact_chunks_artifact', onDelete: 'CASCADE' })
  artifactId!: string;

  @PrimaryColumn('integer', { primaryKeyConstraintName: 'pk_artifact_chunks' })
  position!: number;

  /** Its number in the whole, from 1. */
  @Column('integer')
  firstLine!: number;

  @Column('integer')
  lines!: number;

  /** The lines without the last line end. */
  @Column('text')
  text!: string;
}
