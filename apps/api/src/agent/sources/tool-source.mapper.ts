import type { ToolSourceDto, UpdateToolSourceDto } from '@opsagent/contracts';
import type { ToolSource } from './tool-source.entity.js';

export function toToolSourceDto(source: ToolSource): ToolSourceDto {
  return {
    id: source.id,
    name: source.name,
    kind: source.kind,
    description: source.description,
    environment: source.environment,
    settings: source.settings,
    secrets: source.secretNames,
    is_active: source.isActive,
    last_test: source.lastTest,
    created_at: source.createdAt.toISOString(),
    updated_at: source.updatedAt.toISOString(),
  };
}

/** The columns that a caller changes, secrets apart; what was not sent is not among them. */
export function toToolSourceChange(input: UpdateToolSourceDto): Partial<ToolSource> {
  const columns: Partial<ToolSource> = {
    name: input.name,
    description: input.description,
    environment: input.environment,
    settings: input.settings && { ...input.settings },
    isActive: input.is_active,
  };
  return Object.fromEntries(Object.entries(columns).filter(([, value]) => value !== undefined));
}
