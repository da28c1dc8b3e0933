import { Injectable } from '@nestjs/common';
import type { LlmProvider, ModelFactsDto, ModelListDto, ModelQueryDto } from '@opsagent/contracts';
import { AuditLog } from '../platform/audit/audit-log.js';
import { Clock } from '../platform/clock/clock.js';
import { Environment } from '../platform/config/environment.js';
import { Outbound } from '../platform/outbound/outbound.js';
import { factsOfEntry, mergedFacts } from './catalogue/live-facts.js';
import { ModelCatalogue } from './catalogue/model-catalogue.js';
import type { LlmConfigFacts } from './llm-config-facts.js';
import { NoModelList } from './llm-config.errors.js';
import { toDraft } from './llm-config.mapper.js';
import { OllamaShown } from './ollama-shown.js';
import { PROVIDERS } from './providers/providers.js';
import { UnsavedLlmConfigs } from './unsaved-llm-configs.js';
import { Faults, Refused } from './wire/faults.js';
import { parsed } from './wire/frames.js';
import { isModelList, modelsIn } from './wire/model-names.js';
import { headersOf } from './wire/model-wires.js';
import { WIRE_PATHS } from './wire/wire-paths.js';
import { wholeAnswer } from './wire/whole-answer.js';

/** Somebody waits in front of a form. */
const LONGEST_MS = 15_000;
const MOST_BYTES = 8 * 1024 * 1024;

/** What a server answers that has no list of models, rather than a fault of it. */
const NO_SUCH_ROUTE = [404, 405, 501];

/** Asks providers which models they have now. */
@Injectable()
export class ModelLists {
  constructor(
    private readonly unsaved: UnsavedLlmConfigs,
    private readonly outbound: Outbound,
    private readonly environment: Environment,
    private readonly catalogue: ModelCatalogue,
    private readonly shown: OllamaShown,
    private readonly clock: Clock,
    private readonly audit: AuditLog,
  ) {}

  /** That a key was used stands in the audit log, also when nothing came of it. @throws UpstreamFailed, NoModelList; InvalidInput, LlmConfigNotFound, NotYourLlmConfig for the query */
  async ask(provider: LlmProvider, query: ModelQueryDto): Promise<ModelListDto> {
    const { name, exampleModel } = PROVIDERS[provider];
    const draft = toDraft({ name, provider, model_name: exampleModel, base_url: query.base_url });
    const facts = await this.unsaved.factsOf(draft, query.api_key ?? null, query.llm_config_id ?? null);
    const models = await this.modelsOf(facts).catch(async (error: unknown) => {
      await this.record(facts, query, false);
      throw error;
    });
    await this.record(facts, query, true);
    return { models: [...models.keys()], facts: await this.factsOf(facts, models) };
  }

  /** The names alone, of a configuration whose asker may use its key. @throws UpstreamFailed, NoModelList */
  async namesFor(config: LlmConfigFacts): Promise<string[]> {
    return [...(await this.modelsOf(config)).keys()];
  }

  private async modelsOf(config: LlmConfigFacts): Promise<Map<string, unknown>> {
    return modelsIn(parsed(await this.answerOf(config)));
  }

  private record({ provider, baseUrl }: LlmConfigFacts, { llm_config_id: id }: ModelQueryDto, success: boolean) {
    return this.audit.record({
      ...{ action: 'llm_config.list_models', targetType: 'llm_config', targetId: id ?? null },
      ...{ targetName: PROVIDERS[provider].name, after: { provider, base_url: baseUrl, success } },
    });
  }

  /** What its provider and the catalogue know of each model. */
  private async factsOf(config: LlmConfigFacts, models: ReadonlyMap<string, unknown>): Promise<ModelFactsDto[]> {
    const provider = PROVIDERS[config.provider];
    const shown = provider.wire === 'ollama' ? await this.shown.ask(config, [...models.keys()]) : null;
    const today = this.clock.now().toISOString().slice(0, 10);
    return [...models].flatMap(([model, entry]) => {
      const known = this.catalogue.find(provider.id, model);
      return mergedFacts(provider, model, known, shown?.get(model) ?? factsOfEntry(entry), today) ?? [];
    });
  }

  private async answerOf(config: LlmConfigFacts): Promise<string> {
    const { wire, name, listsModels } = PROVIDERS[config.provider];
    try {
      const { OPSAGENT_CONNECT_MS: connectMs, OPSAGENT_TOTAL_MS: totalMs } = this.environment;
      const response = await this.outbound.request(config.baseUrl + WIRE_PATHS[wire].models, {
        headers: { ...headersOf(config), accept: 'application/json' },
        connectMs: Math.min(connectMs, LONGEST_MS),
        totalMs: Math.min(totalMs, LONGEST_MS),
        maxBytes: MOST_BYTES,
      });
      return await wholeAnswer(response, isModelList);
    } catch (error) {
      if (error instanceof Refused && NO_SUCH_ROUTE.includes(error.status)) {
        throw new NoModelList(name, config.baseUrl, listsModels, { cause: error });
      }
      throw new Faults(config, `The request for the models of ${name}`).explain(error);
    }
  }
}
