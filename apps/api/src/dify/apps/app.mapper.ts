import type { AppDto, AppKeyDto } from '@opsagent/contracts';
import type { AppKey } from './app-key.entity.js';
import type { App } from './app.entity.js';

export function toAppDto(app: App): AppDto {
  return {
    id: app.id,
    name: app.name,
    description: app.description,
    mode: app.mode,
    llm_config_id: app.llmConfigId,
    created_at: app.createdAt.toISOString(),
  };
}

export function toAppKeyDto(key: AppKey): AppKeyDto {
  return {
    id: key.id,
    name: key.name,
    last_four: key.lastFour,
    created_at: key.createdAt.toISOString(),
    last_used_at: key.lastUsedAt?.toISOString() ?? null,
    expires_at: key.expiresAt?.toISOString() ?? null,
  };
}
