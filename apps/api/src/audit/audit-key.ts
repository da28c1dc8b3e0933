import { randomBytes } from 'node:crypto';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Database } from '../platform/database/database.js';
import { SealedColumns } from '../platform/secrets/sealed-columns.js';
import { SecretBox } from '../platform/secrets/secret-box.js';
import { macOfHead } from './audit-chain.js';
import { AuditHead } from './audit-head.entity.js';

const PLACE = { table: 'audit_head', column: 'sealed_key' } as const;

/** The key of the audit log's chain: who has the database alone cannot make a chain that fits. */
@Injectable()
export class AuditKey implements OnModuleInit {
  private key: Buffer | undefined;

  constructor(
    private readonly database: Database,
    private readonly box: SecretBox,
    columns: SealedColumns,
  ) {
    columns.register({ ...PLACE, key: 'id', row: 'id', place: PLACE });
  }

  /** The first start makes it, and vouches for the head as it is then; no later start does. */
  async onModuleInit(): Promise<void> {
    const { seq, hash } = await this.database.repositoryOf(AuditHead).findOneByOrFail({ id: true });
    const key = randomBytes(32);
    const sealed = this.box.seal(key.toString('hex'), { ...PLACE, row: 'true' });
    await this.database.query('update audit_head set sealed_key = $1, mac = $2 where sealed_key is null', [
      sealed,
      macOfHead(key, seq, hash),
    ]);
  }

  /** @throws SecretUnreadable */
  async get(): Promise<Buffer> {
    if (this.key) return this.key;
    const { sealedKey } = await this.database.repositoryOf(AuditHead).findOneByOrFail({ id: true });
    return (this.key = Buffer.from(this.box.open(sealedKey ?? '', { ...PLACE, row: 'true' }), 'hex'));
  }
}
