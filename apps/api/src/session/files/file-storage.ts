import type { StoredFile } from './stored-file.entity.js';

/** A place for the bytes of files. */
export abstract class FileStorage {
  abstract readonly name: StoredFile['storage'];

  /** Keeps what comes, without holding it in memory. What a failed call has kept is taken away by `remove`. */
  abstract write(id: string, bytes: AsyncIterable<Buffer>): Promise<void>;

  abstract read(id: string): AsyncIterable<Buffer>;

  /** Does nothing where nothing is. */
  abstract remove(ids: readonly string[]): Promise<void>;
}
