import type { AttentionDto, AttentionKind, LlmConfigDto } from '@opsagent/contracts';
import type { OpenApprovals } from '../agent/approvals/approval.service.js';
import type { ExpiringKey } from '../dify/apps/app.repository.js';
import type { ConfigCounts } from '../session/answer-figures.repository.js';

/** Fewer answers than this say nothing about a configuration. */
const FEWEST_ANSWERS = 3;

/** What is looked at to find what needs somebody. */
export interface Facts {
  /** The active configurations. */
  readonly configs: readonly LlmConfigDto[];
  /** The answers of the last hour. */
  readonly lastHour: readonly ConfigCounts[];
  readonly expiringKeys: readonly ExpiringKey[];
  readonly approvals: OpenApprovals;
}

/** What needs somebody: what keeps everybody from an answer first, then what will. */
export function attentionOf({ configs, lastHour, expiringKeys, approvals }: Facts): AttentionDto[] {
  return [
    ...missing(configs),
    ...open(approvals),
    ...failing(configs, lastHour),
    ...unreadable(configs),
    ...expiringKeys.map(expiring),
  ];
}

/** Somebody waits for each of them, and their time runs out. */
function open({ waiting, nextExpiry, unknown }: OpenApprovals): AttentionDto[] {
  return [
    ...(waiting > 0 ? [attention('approvals_waiting', null, nextExpiry, waiting)] : []),
    ...(unknown > 0 ? [attention('approvals_unknown', null, null, unknown)] : []),
  ];
}

function missing(configs: readonly LlmConfigDto[]): AttentionDto[] {
  const chat = configs.filter((config) => !config.is_embedding);
  if (chat.length === 0) return [attention('no_llm_config')];
  return chat.some((config) => config.is_default) ? [] : [attention('no_default')];
}

/** Failing is a configuration most of whose answers of the last hour failed, three answers or more. */
function failing(configs: readonly LlmConfigDto[], lastHour: readonly ConfigCounts[]): AttentionDto[] {
  return lastHour
    .filter(({ requests, failed }) => requests >= FEWEST_ANSWERS && failed > requests / 2)
    .sort((a, b) => b.failed - a.failed)
    .flatMap(({ llmConfigId, failed, firstFailedAt }) => {
      const config = configs.find(({ id }) => id === llmConfigId);
      return config ? [attention('llm_config_failing', named(config), firstFailedAt, failed)] : [];
    });
}

/** A key that cannot be opened has no mask either. */
function unreadable(configs: readonly LlmConfigDto[]): AttentionDto[] {
  return configs
    .filter((config) => config.has_api_key && config.api_key_masked === null)
    .map((config) => attention('llm_config_key_unreadable', named(config)));
}

function expiring({ appId, appName, expiresAt }: ExpiringKey): AttentionDto {
  return attention('app_key_expiring', { id: appId, name: appName }, expiresAt);
}

function attention(
  kind: AttentionKind,
  target: { id: string; name: string } | null = null,
  at: Date | null = null,
  count: number | null = null,
): AttentionDto {
  return {
    kind,
    target_id: target?.id ?? null,
    target_name: target?.name ?? null,
    at: at?.toISOString() ?? null,
    count,
  };
}

function named({ id, name }: LlmConfigDto): { id: string; name: string } {
  return { id, name };
}
