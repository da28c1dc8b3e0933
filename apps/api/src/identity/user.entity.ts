import type { Role } from '@opsagent/contracts';
import { Check, Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** An account of the console. Unique by `lower(email)`, an index that only the migration can say. */
@Entity('users')
@Check('ck_users_role', `role IN ('viewer', 'operator', 'approver', 'admin', 'auditor')`)
export class User {
  @PrimaryGeneratedColumn('uuid', { primaryKeyConstraintName: 'users_pkey' })
  id!: string;

  @Column('text')
  email!: string;

  /** What they call themselves; the e-mail address says who they are. */
  @Column('text', { nullable: true })
  name!: string | null;

  /** Argon2id in PHC form; null for an account that cannot sign in with a password. */
  @Column('text', { nullable: true })
  passwordHash!: string | null;

  @Column('text')
  role!: Role;

  @Column('boolean', { default: true })
  isActive!: boolean;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt!: Date;

  @Column('timestamptz', { default: () => 'now()' })
  updatedAt!: Date;

  @Column('timestamptz', { nullable: true })
  lastSeenAt!: Date | null;
}
