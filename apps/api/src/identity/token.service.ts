import { Injectable } from '@nestjs/common';
import {
  type CreatedTokenDto,
  type CreateTokenDto,
  TOKEN_DAYS,
  type TokenDto,
  type TokenListDto,
} from '@opsagent/contracts';
import { CurrentActor } from '../platform/actor/current-actor.js';
import { AuditLog } from '../platform/audit/audit-log.js';
import { Clock } from '../platform/clock/clock.js';
import { Database } from '../platform/database/database.js';
import { hashOf, newToken, TOKEN_SHOWN } from './credential.js';
import { TokenNotFound } from './identity.errors.js';
import { KnownCredentials } from './known-credentials.js';
import type { UserToken } from './user-token.entity.js';
import { UserTokenRepository } from './user-token.repository.js';

const DAY_MS = 86_400_000;

/** The personal tokens of whoever is asking. */
@Injectable()
export class TokenService {
  constructor(
    private readonly tokens: UserTokenRepository,
    private readonly known: KnownCredentials,
    private readonly actor: CurrentActor,
    private readonly audit: AuditLog,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async create({ name, scopes = ['all'], expires_in_days }: CreateTokenDto): Promise<CreatedTokenDto> {
    const { userId } = this.actor.user();
    const token = newToken();
    const stored = await this.database.transaction(async () => {
      const added = await this.tokens.add({
        userId,
        name: name.trim(),
        tokenHash: hashOf(token),
        prefix: token.slice(0, TOKEN_SHOWN),
        lastFour: token.slice(-4),
        scopes,
        expiresAt: this.endAfter(expires_in_days),
      });
      await this.audit.record({
        ...{ action: 'token.create', ...targetOf(added) },
        after: { scopes: added.scopes, expires_at: added.expiresAt?.toISOString() ?? null },
      });
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
    await this.known.end('token', token.tokenHash);
  }

  /** A token that was stolen must not live on in one that it made. */
  private endAfter(days: number | null = TOKEN_DAYS): Date | null {
    const end = days === null ? null : new Date(this.clock.now().getTime() + days * DAY_MS);
    const makersEnd = this.actor.user().token?.expiresAt ?? null;
    return end && makersEnd ? (end < makersEnd ? end : makersEnd) : (end ?? makersEnd);
  }
}

function targetOf({ id, name }: UserToken): { targetType: string; targetId: string; targetName: string } {
  return { targetType: 'token', targetId: id, targetName: name };
}

function toTokenDto({ id, name, prefix, lastFour, scopes, createdAt, expiresAt, lastUsedAt }: UserToken): TokenDto {
  return {
    ...{ id, name, prefix, last_four: lastFour, scopes },
    expires_at: expiresAt?.toISOString() ?? null,
    created_at: createdAt.toISOString(),
    last_used_at: lastUsedAt?.toISOString() ?? null,
  };
}
