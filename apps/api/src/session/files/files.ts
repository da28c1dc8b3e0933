import { randomBytes, randomUUID } from 'node:crypto';
import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Environment } from '../../platform/config/environment.js';
import { DataFolder } from '../../platform/database/data-folder.js';
import { join } from 'node:path';
import { Database } from '../../platform/database/database.js';
import { DiskStorage } from './disk-storage.adapter.js';
import { FileRepository, type FileInMessage, type FileOwner } from './file.repository.js';
import type { FileStorage } from './file-storage.js';
import { PostgresStorage } from './postgres-storage.adapter.js';
import type { StoredFile } from './stored-file.entity.js';

/** What is known of a file before its bytes come. */
export type NewFile = Pick<StoredFile, 'appId' | 'name' | 'extension' | 'mimeType' | 'kind' | 'sourceUrl'>;

const CLEAR_EVERY_MS = 60 * 60 * 1000;

/** The files of end users: their bytes in one of two storages, and what is known of them in the database. */
@Injectable()
export class Files implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(Files.name);
  private readonly storages: Readonly<Record<StoredFile['storage'], FileStorage>>;
  /** Where new files go. */
  private readonly chosen: StoredFile['storage'];
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly repository: FileRepository,
    database: Database,
    folder: DataFolder,
    environment: Environment,
  ) {
    this.storages = {
      disk: new DiskStorage(join(folder.path, 'files')),
      postgres: new PostgresStorage(database),
    };
    this.chosen = environment.OPSAGENT_FILE_STORAGE ?? (environment.DATABASE_URL === undefined ? 'disk' : 'postgres');
  }

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.clear(), CLEAR_EVERY_MS).unref();
    void this.clear();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  /** Keeps bytes as they come; nothing stays of what does not come whole. @returns what makes the file its owner's. */
  async receive(file: NewFile, bytes: AsyncIterable<Buffer>): Promise<IncomingFile> {
    const id = randomUUID();
    const counted = { size: 0 };
    const secret = randomBytes(32).toString('hex');
    await this.repository.insert({ ...file, id, secret, storage: this.chosen, endUserId: null, size: null });
    try {
      await this.storages[this.chosen].write(id, counting(bytes, counted));
    } catch (error) {
      await this.removeUnused([id]);
      throw error;
    }
    return {
      name: file.name,
      mimeType: file.mimeType,
      size: counted.size,
      open: () => this.storages[this.chosen].read(id),
      keepFor: (endUserId) => this.repository.complete(id, endUserId, counted.size),
      drop: () => this.removeUnused([id]),
    };
  }

  open({ id, storage }: Pick<StoredFile, 'id' | 'storage'>): AsyncIterable<Buffer> {
    return this.storages[storage].read(id);
  }

  async bytesOf(file: Pick<StoredFile, 'id' | 'storage'>): Promise<Buffer> {
    const pieces: Buffer[] = [];
    for await (const piece of this.open(file)) pieces.push(piece);
    return Buffer.concat(pieces);
  }

  claim(owner: FileOwner, ids: readonly string[]): Promise<StoredFile[]> {
    return this.repository.claim(owner, ids);
  }

  inUse(id: string, owner?: Partial<FileOwner>): Promise<StoredFile | null> {
    return this.repository.inUse(id, owner);
  }

  async ofMessages(messageIds: readonly string[]): Promise<Map<string, FileInMessage[]>> {
    if (messageIds.length === 0) return new Map();
    return Map.groupBy(await this.repository.ofMessages(messageIds), ({ messageId }) => messageId);
  }

  /** Deletes conversations by `remove`, and then the files that only they had. */
  async withoutThoseOf(sessionIds: readonly string[], remove: () => Promise<void>): Promise<void> {
    const ids = await this.repository.idsOfSessions(sessionIds);
    await remove();
    if (ids.length > 0) await this.removeUnused(ids);
  }

  private async clear(): Promise<void> {
    try {
      await this.removeUnused('after a day');
    } catch (error) {
      this.logger.warn(`Unused files could not be cleared away: ${(error as Error).message}`);
    }
  }

  private async removeUnused(ids: readonly string[] | 'after a day'): Promise<void> {
    const removed = Map.groupBy(await this.repository.removeUnused(ids), ({ storage }) => storage);
    for (const [storage, files] of removed) await this.storages[storage].remove(files.map(({ id }) => id));
  }
}

/** A file that has come whole and belongs to nobody yet. */
export interface IncomingFile extends Pick<StoredFile, 'name' | 'mimeType'> {
  readonly size: number;
  open(): AsyncIterable<Buffer>;
  keepFor(endUserId: string): Promise<StoredFile>;
  drop(): Promise<void>;
}

async function* counting(bytes: AsyncIterable<Buffer>, counted: { size: number }): AsyncGenerator<Buffer> {
  for await (const piece of bytes) {
    counted.size += piece.length;
    yield piece;
  }
}
