import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A file that an end user of an app sent, without its bytes. */
@Entity('files')
@Index('idx_files_used', ['usedAt'])
@Check('ck_files_kind', `kind IN ('image', 'document', 'audio', 'video', 'custom')`)
@Check('ck_files_storage', `storage IN ('disk', 'postgres')`)
export class StoredFile {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'files_pkey' })
  id!: string;

  @Column('uuid')
  appId!: string;

  /** Null while it is still coming: a form may name its user last. */
  @Column('uuid', { nullable: true })
  endUserId!: string | null;

  @Column('text')
  name!: string;

  /** Lower case, without the dot; empty when there is none. */
  @Column('text')
  extension!: string;

  @Column('text')
  mimeType!: string;

  @Column('text')
  kind!: 'image' | 'document' | 'audio' | 'video' | 'custom';

  /** In bytes; null while it is still coming. */
  @Column('integer', { nullable: true })
  size!: number | null;

  /** Where its bytes are, whatever new ones are put into. */
  @Column('text')
  storage!: 'disk' | 'postgres';

  /** Signs addresses of this file alone; nothing but the file itself is opened by it. */
  @Column('text')
  secret!: string;

  /** Where it was fetched from. */
  @Column('text', { nullable: true })
  sourceUrl!: string | null;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt!: Date;

  /** When it was last put into a message; one that no message has is removed a day later. */
  @Column('timestamptz', { default: () => 'now()' })
  usedAt!: Date;
}
