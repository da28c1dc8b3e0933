import { Injectable } from '@nestjs/common';
import { CurrentActor } from '../../platform/actor/current-actor.js';
import type { LlmConfig } from '../llm-config.entity.js';
import { LlmConfigNotFound, NotYourLlmConfig } from '../llm-config.errors.js';
import { type AccessColumns, accessOf, mayUse, type ModelUser } from './config-access.js';

type Owned = Pick<LlmConfig, 'id' | 'name' | 'createdBy'> & { options: AccessColumns | null };

/** Which configurations whoever asks may see, and which of them they may change. */
@Injectable()
export class LlmConfigAccess {
  constructor(private readonly actor: CurrentActor) {}

  /** Whoever asks, as somebody who uses models; null for the server itself, which sees them all. */
  asker(): ModelUser | null {
    const actor = this.actor.get();
    if (actor.kind === 'system') return null;
    return actor.kind === 'user' ? { userId: actor.userId, role: actor.role } : { appLlmConfigId: null };
  }

  /** Who may not use a configuration does not see it either. */
  maySee(config: Owned): boolean {
    const asker = this.asker();
    return asker === null || mayUse({ id: config.id, createdBy: config.createdBy, access: accessOf(config) }, asker);
  }

  /** @throws LlmConfigNotFound also for one that whoever asks may not see */
  requireSeen<T extends Owned>(config: T | null, id: string): T {
    if (config === null || !this.maySee(config)) throw new LlmConfigNotFound(id);
    return config;
  }

  /** An administrator may change every configuration, everybody else their own. */
  mayEdit({ createdBy }: Pick<LlmConfig, 'createdBy'>): boolean {
    const actor = this.actor.get();
    if (actor.kind === 'system') return true;
    return actor.kind === 'user' && (actor.role === 'admin' || actor.userId === createdBy);
  }

  /** @throws NotYourLlmConfig; LlmConfigNotFound for one that whoever asks may not even see */
  requireEditor(config: Owned): void {
    this.requireSeen(config, config.id);
    if (!this.mayEdit(config)) throw new NotYourLlmConfig(config.name);
  }
}
