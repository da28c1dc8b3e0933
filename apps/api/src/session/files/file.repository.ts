import { Injectable } from '@nestjs/common';
import { In, IsNull, Not } from 'typeorm';
import { Database } from '../../platform/database/database.js';
import { MessageFile } from './message-file.entity.js';
import { StoredFile } from './stored-file.entity.js';

/** To whom a file belongs. */
export interface FileOwner {
  readonly appId: string;
  readonly endUserId: string;
}

/** A file in a message, with what is known of it. */
export type FileInMessage = Pick<MessageFile, 'id' | 'messageId' | 'fileId' | 'kind' | 'transferMethod' | 'text'> &
  Pick<StoredFile, 'name' | 'mimeType' | 'storage' | 'secret' | 'sourceUrl'> & { size: number };

const FILES_OF_MESSAGES = `
  select m.id, m.message_id as "messageId", m.file_id as "fileId", m.kind, m.transfer_method as "transferMethod", m.text,
         f.name, f.mime_type as "mimeType", f.storage, f.secret, f.source_url as "sourceUrl", f.size
    from message_files m join files f on f.id = m.file_id`;

/** Those that no message has, or that never came whole. */
const UNUSED = `not exists (select from message_files m where m.file_id = f.id)`;

/** Files and their places in messages, without their bytes. */
@Injectable()
export class FileRepository {
  constructor(private readonly database: Database) {}

  async insert(file: Omit<StoredFile, 'createdAt' | 'usedAt'>): Promise<void> {
    await this.database.repositoryOf(StoredFile).insert(file);
  }

  /** Makes a file that has come whole its owner's. */
  async complete(id: string, endUserId: string, size: number): Promise<StoredFile> {
    await this.database.repositoryOf(StoredFile).update({ id }, { endUserId, size });
    return this.database.repositoryOf(StoredFile).findOneByOrFail({ id });
  }

  /** Those of an owner's, noted as used just now so that nothing clears them away. */
  async claim({ appId, endUserId }: FileOwner, ids: readonly string[]): Promise<StoredFile[]> {
    if (ids.length === 0) return [];
    const files = this.database.repositoryOf(StoredFile);
    const own = { id: In(ids), appId, endUserId, size: Not(IsNull()) };
    await files.update(own, { usedAt: new Date() });
    return files.findBy(own);
  }

  /** A file that a message of this owner's, or of this app's, has; null else. */
  async inUse(id: string, owner?: Partial<FileOwner>): Promise<StoredFile | null> {
    const used = await this.database.repositoryOf(MessageFile).existsBy({ fileId: id });
    return used ? this.database.repositoryOf(StoredFile).findOneBy({ id, ...owner }) : null;
  }

  /** In the order of each question. */
  ofMessages(messageIds: readonly string[]): Promise<FileInMessage[]> {
    return this.database.query(`${FILES_OF_MESSAGES} where m.message_id = any($1::uuid[]) order by m.position`, [
      messageIds,
    ]);
  }

  async idsOfSessions(sessionIds: readonly string[]): Promise<string[]> {
    const rows = await this.database.repositoryOf(MessageFile).findBy({ sessionId: In([...sessionIds]) });
    return rows.map(({ fileId }) => fileId);
  }

  /** Removes those of these that no message has, or all such that were not used for a day. */
  async removeUnused(ids: readonly string[] | 'after a day'): Promise<Pick<StoredFile, 'id' | 'storage'>[]> {
    const [which, values] =
      ids === 'after a day' ? [`f.used_at < now() - interval '1 day'`, []] : ['f.id = any($1::uuid[])', [ids]];
    const [rows] = (await this.database.query(
      `delete from files f where ${which} and ${UNUSED} returning f.id, f.storage`,
      values,
    )) as unknown as [Pick<StoredFile, 'id' | 'storage'>[]];
    return rows;
  }
}
