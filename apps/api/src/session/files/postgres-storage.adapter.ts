import type { Database } from '../../platform/database/database.js';
import { FileStorage } from './file-storage.js';

const CHUNK_BYTES = 512 * 1024;

/** Files in the database, in pieces: several servers share them, and a backup of the database has them. */
export class PostgresStorage extends FileStorage {
  readonly name = 'postgres';

  constructor(private readonly database: Database) {
    super();
  }

  override async write(id: string, bytes: AsyncIterable<Buffer>): Promise<void> {
    let number = 0;
    for await (const chunk of inChunks(bytes)) {
      await this.database.query('insert into file_chunks (file_id, number, bytes) values ($1, $2, $3)', [
        ...[id, number++, chunk],
      ]);
    }
  }

  override async *read(id: string): AsyncGenerator<Buffer> {
    for (let number = 0; ; number++) {
      const [chunk] = await this.database.query<{ bytes: Buffer }>(
        'select bytes from file_chunks where file_id = $1 and number = $2',
        [id, number],
      );
      if (!chunk) return;
      yield chunk.bytes;
    }
  }

  override async remove(ids: readonly string[]): Promise<void> {
    await this.database.query('delete from file_chunks where file_id = any($1::uuid[])', [ids]);
  }
}

async function* inChunks(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let waiting: Buffer[] = [];
  let size = 0;
  for await (const piece of bytes) {
    waiting.push(piece);
    size += piece.length;
    if (size < CHUNK_BYTES) continue;
    yield Buffer.concat(waiting);
    waiting = [];
    size = 0;
  }
  if (size > 0) yield Buffer.concat(waiting);
}
