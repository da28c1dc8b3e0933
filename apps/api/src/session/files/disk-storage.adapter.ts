import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { FileStorage } from './file-storage.js';

/** Files in a folder, each under its id: no name of a client's ever becomes a path. */
export class DiskStorage extends FileStorage {
  readonly name = 'disk';

  constructor(private readonly folder: string) {
    super();
  }

  override async write(id: string, bytes: AsyncIterable<Buffer>): Promise<void> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    await pipeline(bytes, createWriteStream(this.pathOf(id), { mode: 0o600 }));
  }

  override read(id: string): AsyncIterable<Buffer> {
    return createReadStream(this.pathOf(id));
  }

  override async remove(ids: readonly string[]): Promise<void> {
    for (const id of ids) await rm(this.pathOf(id), { force: true });
  }

  private pathOf(id: string): string {
    return join(this.folder, id);
  }
}
