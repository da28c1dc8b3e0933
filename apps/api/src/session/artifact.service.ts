import { Injectable } from '@nestjs/common';
import type { ArtifactDto, ArtifactQueryDto } from '@opsagent/contracts';
import { ArtifactNotFound } from '../agent/artifacts/artifact.errors.js';
import { PostgresArtifactStore } from '../agent/artifacts/postgres-artifact-store.adapter.js';
import { CurrentActor } from '../platform/actor/current-actor.js';
import { SessionNotFound } from './session.errors.js';
import { SessionRepository } from './session.repository.js';

/** One answer carries no more; a single line that is longer goes whole. */
const MOST_CHARACTERS = 1_000_000;

/** Big results of the sessions of whoever is asking. */
@Injectable()
export class ArtifactService {
  constructor(
    private readonly store: PostgresArtifactStore,
    private readonly sessions: SessionRepository,
    private readonly actor: CurrentActor,
  ) {}

  /** @throws ArtifactNotFound */
  async read(id: string, { first_line: first, lines: most }: ArtifactQueryDto): Promise<ArtifactDto> {
    const artifact = await this.store.byId(id);
    if (!artifact) throw new ArtifactNotFound();
    await this.check(artifact.sessionId);
    const lines = await this.linesOf(id, first, most);
    const next = first + lines.length;
    return {
      ...{ id, session_id: artifact.sessionId, message_id: artifact.messageId, step_id: artifact.stepId },
      ...{ mime: artifact.mime, bytes: artifact.bytes, lines: artifact.lines, first_line: first },
      next_line: lines.length > 0 && next <= artifact.lines ? next : null,
      text: lines.join('\n'),
      created_at: artifact.createdAt.toISOString(),
    };
  }

  private async linesOf(id: string, first: number, most: number): Promise<string[]> {
    const lines: string[] = [];
    let left = MOST_CHARACTERS;
    for await (const part of this.store.parts(id, first)) {
      for (const line of part.text.split('\n').slice(Math.max(0, first - part.firstLine))) {
        if (lines.length >= most || left <= 0) return lines;
        lines.push(line);
        left -= line.length + 1;
      }
    }
    return lines;
  }

  private async check(sessionId: string): Promise<void> {
    await this.sessions.getOf({ userId: this.actor.user().userId }, sessionId).catch((error: unknown) => {
      throw error instanceof SessionNotFound ? new ArtifactNotFound() : error;
    });
  }
}
