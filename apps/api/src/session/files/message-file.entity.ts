import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

/** A file as a question carries it; one file may be in several. */
@Entity('message_files')
@Index('idx_message_files_message', ['messageId'])
@Index('idx_message_files_session', ['sessionId'])
@Index('idx_message_files_file', ['fileId'])
@Check('ck_message_files_transfer', `transfer_method IN ('remote_url', 'local_file')`)
export class MessageFile {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'message_files_pkey' })
  id!: string;

  @Column('uuid')
  @ForeignKey('Message', { name: 'fk_message_files_message', onDelete: 'CASCADE' })
  messageId!: string;

  @Column('uuid')
  sessionId!: string;

  /** Its place among the files of the question, from 0. */
  @Column('integer')
  position!: number;

  @Column('uuid')
  @ForeignKey('StoredFile', { name: 'fk_message_files_file', onDelete: 'CASCADE' })
  fileId!: string;

  @Column('text')
  kind!: 'image' | 'document' | 'audio' | 'video' | 'custom';

  @Column('text')
  transferMethod!: 'remote_url' | 'local_file';

  /** What the model is told of it in words; null for what it is to see. */
  @Column('text', { nullable: true })
  text!: string | null;
}
