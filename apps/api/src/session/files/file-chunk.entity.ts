import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';

/** A piece of a file whose bytes are in the database. */
@Entity('file_chunks')
export class FileChunk {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'file_chunks_pkey' })
  @ForeignKey('StoredFile', { name: 'fk_file_chunks_file', onDelete: 'CASCADE' })
  fileId!: string;

  /** Its place, from 0. */
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'file_chunks_pkey' })
  number!: number;

  @Column('bytea')
  bytes!: Buffer;
}
