import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One thing the installation remembers about itself. */
@Entity('settings')
export class Setting {
  @PrimaryColumn('text')
  key!: string;

  @Column('jsonb')
  value!: unknown;

  @Column('timestamptz', { default: () => 'now()' })
  updatedAt!: Date;
}
