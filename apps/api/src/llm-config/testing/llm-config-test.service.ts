import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type {
  LlmConfigTestDto,
  LlmConfigTestListDto,
  TestLlmConfigDto,
  TestUnsavedLlmConfigDto,
} from '@opsagent/contracts';
import { AuditLog } from '../../platform/audit/audit-log.js';
import { LlmConfigAccess } from '../access/llm-config-access.js';
import { LlmConfigChanges } from '../llm-config-changes.js';
import type { LlmConfigFacts } from '../llm-config-facts.js';
import { LlmConfigFactsMaker } from '../llm-config-facts-maker.js';
import { LlmConfigNotFound } from '../llm-config.errors.js';
import { toDraft } from '../llm-config.mapper.js';
import { LlmConfigRepository } from '../llm-config.repository.js';
import { UnsavedLlmConfigs } from '../unsaved-llm-configs.js';
import { ConfigTester, type TestOptions } from './config-tester.js';
import type { EmitTestEvent } from './ladder.js';
import { TestAllowance, type TestCall } from './test-allowance.js';
import { LlmConfigTestRepository } from './llm-config-test.repository.js';

const UNHEARD: EmitTestEvent = () => undefined;
const unending = (): AbortSignal => new AbortController().signal;

/** A test that may begin: whoever asked for it may, and what was asked for can be tried. */
export interface PreparedTest {
  /** @throws the reason of `signal` when it is aborted; a test that was given up is kept nowhere */
  run(emit?: EmitTestEvent, signal?: AbortSignal): Promise<LlmConfigTestDto>;
}

/** Tests configurations, stored or not, and keeps how the stored ones did. */
@Injectable()
export class LlmConfigTestService {
  constructor(
    private readonly repository: LlmConfigRepository,
    private readonly changes: LlmConfigChanges,
    private readonly access: LlmConfigAccess,
    private readonly facts: LlmConfigFactsMaker,
    private readonly unsaved: UnsavedLlmConfigs,
    private readonly tester: ConfigTester,
    private readonly tests: LlmConfigTestRepository,
    private readonly audit: AuditLog,
    private readonly allowance: TestAllowance,
  ) {}

  /** Works on inactive configurations too. @throws LlmConfigNotFound, TooManyTests, BudgetSpent, NotYourLlmConfig: a test costs its owner money */
  async prepare(id: string, input: TestLlmConfigDto): Promise<PreparedTest> {
    const test = await this.prepareInJob(id, input);
    await this.allowance.take();
    return test;
  }

  /** For one of many, which their job bounds. @throws LlmConfigNotFound, BudgetSpent, NotYourLlmConfig */
  async prepareInJob(id: string, input: TestLlmConfigDto): Promise<PreparedTest> {
    const stored = await this.repository.findById(id);
    if (!stored) throw new LlmConfigNotFound(id);
    this.access.requireEditor(stored);
    this.allowance.requireBudget(id);
    const facts = this.facts.of(stored);
    return {
      run: async (emit = UNHEARD, signal = unending()) => {
        const result = await this.audited(id, facts, input, emit, signal);
        await this.keep(id, result);
        return result;
      },
    };
  }

  /** Tries values that are not stored. @throws InvalidInput, LlmConfigNotFound, NotYourLlmConfig, TooManyTests, BudgetSpent */
  async prepareUnsaved(input: TestUnsavedLlmConfigDto): Promise<PreparedTest> {
    const id = input.llm_config_id ?? null;
    const facts = await this.unsaved.factsOf(toDraft(input), input.api_key ?? null, id);
    this.allowance.requireBudget(id);
    await this.allowance.take();
    return { run: (emit = UNHEARD, signal = unending()) => this.audited(id, facts, input, emit, signal) };
  }

  /** @throws LlmConfigNotFound */
  async list(id: string): Promise<LlmConfigTestListDto> {
    this.access.requireSeen(await this.repository.findById(id), id);
    return this.tests.list(id);
  }

  private async audited(
    id: string | null,
    config: LlmConfigFacts,
    options: TestOptions,
    emit: EmitTestEvent,
    signal: AbortSignal,
  ): Promise<LlmConfigTestDto> {
    const calls: TestCall[] = [];
    const note = (call: TestCall): void => void calls.push(call);
    const result = await this.tester
      .test(config, options, emit, signal, note)
      .finally(() => this.allowance.used(id, calls));
    await this.audit.record({
      action: 'llm_config.test',
      targetType: 'llm_config',
      targetId: id,
      targetName: config.name,
      after: { success: result.success, ...(result.kind ? { kind: result.kind } : {}) },
    });
    return result;
  }

  /** One that was deleted meanwhile has no history to add to. */
  private async keep(llmConfigId: string, result: LlmConfigTestDto): Promise<void> {
    if ((await this.repository.findById(llmConfigId)) === null) return;
    await this.tests.add({
      ...{ id: randomUUID(), llmConfigId, success: result.success, message: result.message },
      ...{ kind: result.kind ?? null, cause: result.cause ?? null, steps: result.steps },
      ...{ latencyMs: result.latency_ms, firstTokenMs: result.first_token_ms, createdBy: this.changes.userId() },
    });
  }
}
