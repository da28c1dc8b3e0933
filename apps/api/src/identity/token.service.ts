import { Injectable } from '@nestjs/common';
import type { CreatedTokenDto, CreateTokenDto, TokenDto, TokenListDto } from '@opsagent/contracts';
import { CurrentActor } from '../platform/actor/current-actor.js';
import { AuditLog } from '../platform/audit/audit-log.js';
import { Database } from '../platform/database/database.js';
import { hashOf, newToken } from './credential.js';
import { TokenNotFound } from './identity.errors.js';
import { KnownCredentials } from './known-credentials.js';
import type { UserToken } from './user-token.entity.js';
import { UserTokenRepository } from './user-token.repository.js';

/** The personal tokens of whoever is asking. */
@Injectable()
export class TokenService {
  constructor(
    private readonly tokens: UserTokenRepository,
    private readonly known: KnownCredentials,
    private readonly actor: CurrentActor,
    private readonly audit: AuditLog,
    private readonly database: Database,
  ) {}

  async create({ name }: CreateTokenDto): Promise<CreatedTokenDto> {
    const { userId } = this.actor.user();
    const token = newToken();
    const stored = await this.database.transaction(async () => {
      const added = await this.tokens.add({
        userId,
        name: name.trim(),
        tokenHash: hashOf(token),
        lastFour: token.slice(-4),
      });
      await this.audit.record({ action: 'token.create', ...targetOf(added) });
      return added;
    });
    return { ...toTokenDto(stored), token };
  }

  async list(): Promise<TokenListDto> {
    const tokens = await this.tokens.listOf(this.actor.user().userId);
    return { items: tokens.map(toTokenDto), total: tokens.length };
  }

  /** Ends a token at once, on every process. @throws TokenNotFound */
  async delete(id: string): Promise<void> {
    const token = await this.tokens.findOf(this.actor.user().userId, id);
    if (!token) throw new TokenNotFound();
    await this.database.transaction(async () => {
      await this.tokens.remove(id);
      await this.audit.record({ action: 'token.delete', ...targetOf(token) });
    });
    await this.known.end(token.tokenHash);
  }
}

function targetOf({ id, name }: UserToken): { targetType: string; targetId: string; targetName: string } {
  return { targetType: 'token', targetId: id, targetName: name };
}

function toTokenDto({ id, name, lastFour, createdAt, lastUsedAt }: UserToken): TokenDto {
  return {
    id,
    name,
    last_four: lastFour,
    created_at: createdAt.toISOString(),
    last_used_at: lastUsedAt?.toISOString() ?? null,
  };
}
