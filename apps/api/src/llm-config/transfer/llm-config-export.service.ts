import { setImmediate as nextTurn } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { ExportLlmConfigsDto, LlmConfigExportDto } from '@opsagent/contracts';
import { AccessRules } from '../../platform/actor/access.js';
import { CurrentActor } from '../../platform/actor/current-actor.js';
import { AuditLog } from '../../platform/audit/audit-log.js';
import { Clock } from '../../platform/clock/clock.js';
import { LlmConfigAccess } from '../access/llm-config-access.js';
import { LlmConfigHeaders } from '../llm-config-headers.js';
import { LlmConfigKeys } from '../llm-config-keys.js';
import type { LlmConfig } from '../llm-config.entity.js';
import { LlmConfigNotFound } from '../llm-config.errors.js';
import { LlmConfigRepository } from '../llm-config.repository.js';
import { hiddenIn } from '../rules/secret-headers.js';
import { PassphraseSeal } from './passphrase-seal.js';
import {
  placeOfSecret,
  toTransferItem,
  TRANSFER_KIND,
  TRANSFER_VERSION,
  type TransferItem,
  writeDocument,
} from './transfer-document.js';

/** Items made before others get their turn. */
const AT_ONCE = 50;

/** Writes configurations into a file. */
@Injectable()
export class LlmConfigExportService {
  constructor(
    private readonly repository: LlmConfigRepository,
    private readonly access: LlmConfigAccess,
    private readonly keys: LlmConfigKeys,
    private readonly headers: LlmConfigHeaders,
    private readonly audit: AuditLog,
    private readonly actor: CurrentActor,
    private readonly rules: AccessRules,
    private readonly clock: Clock,
  ) {}

  /** Keys go along sealed with a passphrase, and those only that the actor may change. @throws LlmConfigNotFound */
  async export({ ids, format = 'yaml', passphrase }: ExportLlmConfigsDto): Promise<LlmConfigExportDto> {
    const configs = await this.wanted(ids ?? null);
    const members = configs.flatMap(({ options }) => options?.fallbackIds ?? []);
    const names = await this.repository.namesOf(members, this.access.asker());
    const sealing = passphrase ? await PassphraseSeal.create(passphrase) : null;
    const items: TransferItem[] = [];
    for (const [at, config] of configs.entries()) {
      items.push(this.itemOf(config, names, sealing?.seal ?? null));
      if (at % AT_ONCE === 0) await nextTurn();
    }
    const withKeys = items.filter(({ api_key_sealed: sealed }) => sealed !== undefined).length;
    const now = this.clock.now().toISOString();
    const head = { opsagent: { kind: TRANSFER_KIND, version: TRANSFER_VERSION, exported_at: now } };
    const document = { ...head, ...(sealing ? { sealing: sealing.facts } : {}), items };
    const content = await writeDocument(document, format);
    await this.record(items.length, withKeys);
    return {
      filename: `opsagent-models-${now.slice(0, 10)}.${format}`,
      content,
      count: items.length,
      with_keys: withKeys,
    };
  }

  private async wanted(ids: readonly string[] | null): Promise<LlmConfig[]> {
    const configs = await this.repository.listByName(ids === null ? {} : { ids }, this.access.asker());
    const found = new Set(configs.map(({ id }) => id));
    const missing = ids?.find((id) => !found.has(id.toLowerCase()));
    if (missing !== undefined) throw new LlmConfigNotFound(missing);
    return configs;
  }

  private itemOf(config: LlmConfig, names: ReadonlyMap<string, string>, seal: PassphraseSeal | null): TransferItem {
    const fallbacks = (config.options?.fallbackIds ?? []).flatMap((id) => names.get(id) ?? []);
    const item = toTransferItem(config, fallbacks);
    return seal && this.mayTakeKeyOf(config) ? { ...item, ...this.secretsOf(config, item, seal) } : item;
  }

  private secretsOf(config: LlmConfig, item: TransferItem, seal: PassphraseSeal): Partial<TransferItem> {
    const key = this.keys.open(config);
    const hidden = hiddenIn(config.extraConfig);
    const headers = hidden.length === 0 ? {} : this.headers.open(config);
    const secret = Object.fromEntries(Object.entries(headers).filter(([name]) => hidden.includes(name)));
    return {
      ...(key === null ? {} : { api_key_sealed: seal.seal(key, placeOfSecret('api_key', item)) }),
      ...(hidden.length === 0
        ? {}
        : { headers_sealed: seal.seal(JSON.stringify(secret), placeOfSecret('headers', item)) }),
    };
  }

  /** Whoever may not enter keys may not carry them away either. */
  private mayTakeKeyOf(config: LlmConfig): boolean {
    const actor = this.actor.get();
    if (actor.kind === 'user' && !this.rules.permits(actor, 'llm_configs.write')) return false;
    return this.access.mayEdit(config);
  }

  private record(count: number, withKeys: number): Promise<void> {
    const after = { count, ...(withKeys > 0 ? { with_keys: withKeys } : {}) };
    return this.audit.record({
      action: 'llm_config.export',
      targetType: 'llm_config',
      targetId: null,
      targetName: null,
      after,
    });
  }
}
