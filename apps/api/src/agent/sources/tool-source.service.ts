import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import {
  TOOL_SOURCE_SECRET,
  type AuditAction,
  type CreateToolSourceDto,
  type ToolSourceDto,
  type ToolSourceKindListDto,
  type ToolSourceListDto,
  type ToolSourceTestDto,
  type UpdateToolSourceDto,
} from '@opsagent/contracts';
import { differences } from '../../platform/audit/differences.js';
import { AuditLog } from '../../platform/audit/audit-log.js';
import { Clock } from '../../platform/clock/clock.js';
import { Database } from '../../platform/database/database.js';
import { InvalidInput } from '../../platform/errors/domain-error.js';
import { KnownSources } from './known-sources.adapter.js';
import { SourceKinds } from './source-kinds.js';
import type { ToolSource } from './tool-source.entity.js';
import { ToolSourceChanged, ToolSourceNotFound } from './tool-source.errors.js';
import { toToolSourceChange, toToolSourceDto } from './tool-source.mapper.js';
import { ToolSourceRepository } from './tool-source.repository.js';
import { changedSecrets, ToolSourceSecrets } from './tool-source-secrets.js';
import { ToolSourceTests } from './tool-source-tests.js';

/** Registers the systems that tools may reach. */
@Injectable()
export class ToolSourceService {
  constructor(
    private readonly repository: ToolSourceRepository,
    private readonly kinds: SourceKinds,
    private readonly secrets: ToolSourceSecrets,
    private readonly known: KnownSources,
    private readonly tests: ToolSourceTests,
    private readonly database: Database,
    private readonly auditLog: AuditLog,
    private readonly clock: Clock,
  ) {}

  kindFacts(): ToolSourceKindListDto {
    const items = this.kinds.facts();
    return { items, total: items.length };
  }

  async list(): Promise<ToolSourceListDto> {
    const sources = await this.repository.all();
    return { items: sources.map(toToolSourceDto), total: sources.length };
  }

  /** @throws ToolSourceNotFound */
  async get(id: string): Promise<ToolSourceDto> {
    return toToolSourceDto(await this.repository.getById(id));
  }

  /** @throws InvalidInput, ToolSourceNameTaken */
  async create(input: CreateToolSourceDto): Promise<ToolSourceDto> {
    this.kinds.check(input.kind, input.settings, input.secrets);
    const source = this.newSource(input);
    const dto = await this.database.transaction(async () => {
      await this.repository.add(source);
      const dto = toToolSourceDto(source);
      await this.auditLog.record({ action: 'tool_source.create', ...targetOf(source), after: { ...dto } });
      return dto;
    });
    await this.known.changed();
    return dto;
  }

  /** @param seen what the caller believes `updated_at` to be @throws ToolSourceNotFound, ToolSourceChanged, ToolSourceNameTaken, InvalidInput */
  update(id: string, input: UpdateToolSourceDto, seen: Date | null): Promise<ToolSourceDto> {
    return this.change(id, 'tool_source.update', (before) => {
      if (seen && seen.getTime() !== before.updatedAt.getTime()) throw new ToolSourceChanged(toToolSourceDto(before));
      return { ...toToolSourceChange(input), ...this.secretsAfter(before, input) };
    });
  }

  /** Tools lose it at once; it can be restored. @throws ToolSourceNotFound */
  async delete(id: string): Promise<void> {
    await this.change(id, 'tool_source.delete', () => ({ deletedAt: this.clock.now() }));
  }

  /** Takes a deletion back, secrets and all. @throws ToolSourceNotFound, ToolSourceNameTaken */
  restore(id: string): Promise<ToolSourceDto> {
    return this.change(id, 'tool_source.restore', () => ({ deletedAt: null }), true);
  }

  /** Asks a source what it is, switched on or not. @throws ToolSourceNotFound, SecretUnreadable */
  async test(id: string): Promise<ToolSourceTestDto> {
    const source = await this.repository.getById(id);
    const lastTest = await this.tests.run(this.known.opened(source));
    await this.database.transaction(async () => {
      await this.repository.change(id, source.name, { lastTest });
      const after = { ok: lastTest.ok, fault: lastTest.fault };
      await this.auditLog.record({ action: 'tool_source.test', ...targetOf(source), after });
    });
    return lastTest;
  }

  private newSource({ kind, name, settings, secrets = {}, ...input }: CreateToolSourceDto): ToolSource {
    const id = randomUUID();
    const now = this.clock.now();
    return {
      id,
      name,
      kind,
      description: input.description ?? '',
      environment: input.environment ?? '',
      settings: { ...settings },
      ...this.secrets.columnsFor(id, changedSecrets({}, secrets)),
      isActive: input.is_active ?? true,
      lastTest: null,
      createdAt: now,
      updatedAt: now,
      deletedAt: null,
    };
  }

  private secretsAfter(before: ToolSource, input: UpdateToolSourceDto): Partial<ToolSource> {
    const { settings = before.settings, secrets = {} } = input;
    this.kinds.check(before.kind, settings, secrets);
    this.checkWhereSecretsGo(before, settings, secrets);
    if (input.secrets === undefined) return {};
    return this.secrets.columnsFor(before.id, changedSecrets(this.secrets.open(before), secrets));
  }

  /** A kept secret goes to no other place than the one it was entered for. */
  private checkWhereSecretsGo(
    { kind, settings, secretNames }: ToolSource,
    after: ToolSource['settings'],
    sent: NonNullable<UpdateToolSourceDto['secrets']>,
  ): void {
    const rules = this.kinds.of(kind);
    if (JSON.stringify(rules.placeOf(settings)) === JSON.stringify(rules.placeOf(after))) return;
    const kept = TOOL_SOURCE_SECRET.values.filter((name) => secretNames.includes(name) && sent[name] === undefined);
    if (kept.length === 0) return;
    throw new InvalidInput(
      kept.map((name) => ({
        field: `secrets.${name}`,
        message: `secrets.${name} must be entered again, because the source is at another address now`,
      })),
    );
  }

  private async change(
    id: string,
    action: AuditAction,
    decide: (before: ToolSource) => Partial<ToolSource>,
    isDeleted = false,
  ): Promise<ToolSourceDto> {
    const changed = await this.database.transaction(async () => {
      const before = await this.repository.locked(id);
      if (before === null || (before.deletedAt !== null) !== isDeleted) throw new ToolSourceNotFound(id);
      const columns = { ...decide(before), updatedAt: this.clock.now() };
      const after = { ...before, ...columns };
      await this.repository.change(id, after.name, columns);
      await this.auditLog.record({ action, ...targetOf(before), ...toldDifferences(before, after) });
      return toToolSourceDto(after);
    });
    await this.known.changed();
    return changed;
  }
}

function targetOf({ id, name }: ToolSource) {
  return { targetType: 'tool_source', targetId: id, targetName: name };
}

/** The fields that became another value; a secret that was entered anew is the word "changed". */
function toldDifferences(before: ToolSource, after: ToolSource) {
  const told = differences(toToolSourceDto(before), toToolSourceDto(after));
  return before.secrets === after.secrets ? told : { ...told, after: { ...told.after, secret_values: 'changed' } };
}
