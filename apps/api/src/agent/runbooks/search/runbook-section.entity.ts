import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

/** A part of a runbook as it is found; a deleted runbook has none. */
@Entity('runbook_sections')
@Index('idx_runbook_sections_tokens', { synchronize: false }) // gin
@Index('idx_runbook_sections_heading_tokens', { synchronize: false }) // gin
export class RunbookSection {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'runbook_sections_pkey' })
  @ForeignKey('Runbook', { name: 'fk_runbook_sections_runbook', onDelete: 'CASCADE' })
  runbookId!: string;

  /** Its place in the runbook, from 0. */
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'runbook_sections_pkey' })
  position!: number;

  /** The headings above it, outermost first. */
  @Column('text', { array: true })
  path!: string[];

  @Column('text')
  text!: string;

  /** Of its runbook. */
  @Column('boolean')
  isActive!: boolean;

  /** Tokens of the title, the tags and the headings. */
  @Column('tsvector')
  headingTokens!: string;

  /** All of its tokens, those of the title weighing most. */
  @Column('tsvector')
  tokens!: string;
}
