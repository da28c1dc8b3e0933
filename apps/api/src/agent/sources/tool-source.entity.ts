import type { ToolSourceKind, ToolSourceSecret, ToolSourceSettingsDto, ToolSourceTestDto } from '@opsagent/contracts';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A system that tools reach by its name. */
@Entity('tool_sources')
@Index('uq_tool_sources_name', ['name'], { unique: true, where: 'deleted_at IS NULL' })
export class ToolSource {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'tool_sources_pkey' })
  id!: string;

  @Column('text')
  name!: string;

  @Column('text')
  kind!: ToolSourceKind;

  @Column('text')
  description!: string;

  @Column('text')
  environment!: string;

  @Column('jsonb')
  settings!: ToolSourceSettingsDto;

  /** Its secrets, sealed together as JSON; opened by `ToolSourceSecrets` only. */
  @Column('text', { nullable: true })
  secrets!: string | null;

  /** Which secrets are among them. */
  @Column('text', { array: true })
  secretNames!: ToolSourceSecret[];

  @Column('boolean')
  isActive!: boolean;

  @Column('jsonb', { nullable: true })
  lastTest!: ToolSourceTestDto | null;

  @Column('timestamptz')
  createdAt!: Date;

  @Column('timestamptz')
  updatedAt!: Date;

  @Column('timestamptz', { nullable: true })
  deletedAt!: Date | null;
}
