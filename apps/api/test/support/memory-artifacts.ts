import { randomUUID } from 'node:crypto';
import { type ArtifactPart, ArtifactStore, type KeptArtifact } from '../../src/agent/artifacts/artifact-store.js';
import { partsOf } from '../../src/agent/artifacts/text-parts.js';

/** Big results of tests that have no database. */
export class MemoryArtifacts extends ArtifactStore {
  private readonly kept = new Map<string, { sessionId: string; mime: string; parts: ArtifactPart[] }>();

  override keep(text: string, mime: string, { sessionId }: { sessionId: string }): Promise<KeptArtifact> {
    const id = randomUUID();
    this.kept.set(id, { sessionId, mime, parts: [...partsOf(text)] });
    return Promise.resolve({ id, ...this.sizeOf(id) });
  }

  override find(id: string, sessionId: string): Promise<(KeptArtifact & { mime: string }) | null> {
    const found = this.kept.get(id);
    return Promise.resolve(found?.sessionId === sessionId ? { id, mime: found.mime, ...this.sizeOf(id) } : null);
  }

  override async *parts(id: string, line: number): AsyncGenerator<ArtifactPart> {
    await Promise.resolve();
    const parts = this.kept.get(id)?.parts ?? [];
    yield* parts.filter(({ firstLine, lines }) => firstLine + lines > line);
  }

  private sizeOf(id: string): { bytes: number; lines: number } {
    const parts = this.kept.get(id)?.parts ?? [];
    const bytes = parts.reduce((sum, { text }) => sum + Buffer.byteLength(text) + 1, 0);
    return { bytes, lines: parts.reduce((sum, { lines }) => sum + lines, 0) };
  }
}
