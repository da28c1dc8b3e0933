import { randomUUID } from 'node:crypto';
import { setImmediate as othersFirst } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import { Artifact, ArtifactChunk } from './artifact.entity.js';
import { ArtifactTooBig } from './artifact.errors.js';
import { type ArtifactOwner, type ArtifactPart, ArtifactStore, type KeptArtifact } from './artifact-store.js';
import { partsOf } from './text-parts.js';

const MOST_BYTES = 64 * 1024 * 1024;
const PARTS_AT_ONCE = 8;

/** Keeps big results in the database, in parts, so that some lines are read without the rest. */
@Injectable()
export class PostgresArtifactStore extends ArtifactStore {
  constructor(private readonly database: Database) {
    super();
  }

  override async keep(text: string, mime: string, owner: ArtifactOwner): Promise<KeptArtifact> {
    if (Buffer.byteLength(text) > MOST_BYTES) throw new ArtifactTooBig(MOST_BYTES / 1024 / 1024);
    return this.database.transaction(async () => {
      const id = randomUUID();
      const artifacts = this.database.repositoryOf(Artifact);
      await artifacts.insert({ id, ...owner, mime, bytes: 0, lines: 0 });
      let [position, bytes, lines] = [0, 0, 0];
      for (const part of partsOf(text)) {
        await this.insert(id, position, part);
        position += 1;
        bytes += Buffer.byteLength(part.text) + 1;
        lines += part.lines;
        await othersFirst();
      }
      await artifacts.update({ id }, { bytes, lines });
      return { id, bytes, lines };
    });
  }

  override async find(id: string, sessionId: string): Promise<(KeptArtifact & { mime: string }) | null> {
    return this.database.repositoryOf(Artifact).findOneBy({ id, sessionId });
  }

  /** Whoever may see it. */
  byId(id: string): Promise<Artifact | null> {
    return this.database.repositoryOf(Artifact).findOneBy({ id });
  }

  override async *parts(id: string, line: number): AsyncGenerator<ArtifactPart> {
    const [first] = await this.database.query<{ position: number }>(
      `SELECT coalesce(max(position), 0) AS position FROM artifact_chunks WHERE artifact_id = $1 AND first_line <= $2`,
      [id, line],
    );
    for (let from = first?.position ?? 0; ; from += PARTS_AT_ONCE) {
      const rows = await this.database.query<{ first_line: number; lines: number; text: string }>(
        `SELECT first_line, lines, text FROM artifact_chunks
         WHERE artifact_id = $1 AND position >= $2 AND position < $3 ORDER BY position`,
        [id, from, from + PARTS_AT_ONCE],
      );
      for (const { first_line: firstLine, lines, text } of rows) yield { firstLine, lines, text };
      if (rows.length < PARTS_AT_ONCE) return;
    }
  }

  /** Those whose turn was never stored, for example because its session was deleted meanwhile. */
  async removeOrphans(): Promise<void> {
    await this.database.query(
      `DELETE FROM artifacts a WHERE created_at < now() - interval '1 day'
       AND NOT EXISTS (SELECT FROM user_sessions WHERE id = a.session_id)`,
    );
  }

  private insert(artifactId: string, position: number, { firstLine, lines, text }: ArtifactPart): Promise<unknown> {
    const storable = text.replaceAll('\0', '\uFFFD').toWellFormed();
    return this.database.repositoryOf(ArtifactChunk).insert({ artifactId, position, firstLine, lines, text: storable });
  }
}
