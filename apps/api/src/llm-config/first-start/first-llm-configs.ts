import { randomUUID } from 'node:crypto';
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { CreateLlmConfigDto } from '@opsagent/contracts';
import { Environment } from '../../platform/config/environment.js';
import { StartupNotes } from '../../platform/config/startup-notes.js';
import { Database } from '../../platform/database/database.js';
import { Settings } from '../../platform/database/settings.js';
import { InvalidInput } from '../../platform/errors/domain-error.js';
import { LlmConfigNameTaken } from '../llm-config.errors.js';
import { LlmConfigRepository } from '../llm-config.repository.js';
import { LlmConfigService } from '../llm-config.service.js';
import { PROVIDERS } from '../providers/providers.js';
import { type FoundKey, keysIn } from './environment-keys.js';
import { LocalOllama } from './local-ollama.js';

/** Remembered for ever: what somebody deletes must not come back with the next start. */
const SETTING = 'first_llm_configs';
const MOST_OF_OLLAMA = 10;

/** Makes configurations, at the very first start, of the keys in the environment and of an Ollama on this machine. */
@Injectable()
export class FirstLlmConfigs implements OnApplicationBootstrap {
  constructor(
    private readonly environment: Environment,
    private readonly notes: StartupNotes,
    private readonly database: Database,
    private readonly settings: Settings,
    private readonly repository: LlmConfigRepository,
    private readonly configs: LlmConfigService,
    private readonly ollama: LocalOllama,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const isFirst = await this.database.transaction(() => this.start());
    // Nobody should wait for an Ollama that may not be there.
    if (isFirst) this.notes.addLater(() => this.addFromOllama());
  }

  /** Makes one configuration for each of the first chat models installed there, and says so; null when there are none. */
  async addFromOllama(baseUrl = PROVIDERS.ollama.defaultBaseUrl ?? ''): Promise<string | null> {
    const base_url = baseUrl === PROVIDERS.ollama.defaultBaseUrl ? null : baseUrl;
    const models = (await this.ollama.chatModels(baseUrl)).slice(0, MOST_OF_OLLAMA);
    const made: string[] = [];
    for (const model_name of models) {
      const name = `ollama ${model_name.replace(/:latest$/, '')}`.slice(0, 100);
      if (await this.addUnlessTaken({ name, provider: 'ollama', model_name, base_url })) made.push(`"${name}"`);
    }
    return made.length > 0 ? `Ollama found at ${baseUrl}: ${configurations(made)}` : null;
  }

  /** Whether this is the first start, of this process and not of another on the same database. */
  private async start(): Promise<boolean> {
    if ((await this.settings.get(SETTING)) !== undefined) return false;
    const mine = randomUUID();
    if ((await this.settings.getOrSet(SETTING, mine)) !== mine) return false;
    // An installation that is older than this is not new to its users.
    if (await this.repository.hasAny()) return false;
    for (const found of keysIn(this.environment)) this.notes.add(await this.addFromKey(found));
    return true;
  }

  private async addFromKey({ provider, variable, key: api_key }: FoundKey): Promise<string> {
    const model_name = PROVIDERS[provider].exampleModel;
    try {
      const { name } = await this.configs.create({ name: provider, provider, model_name, api_key });
      return `${variable} found: ${configurations([`"${name}"`])}, for ${model_name}`;
    } catch (error) {
      if (!(error instanceof InvalidInput)) throw error;
      return `${variable} found, but no configuration was made of it: ${error.message}`;
    }
  }

  /** Whoever sets the server up meanwhile goes first. */
  private async addUnlessTaken(input: CreateLlmConfigDto): Promise<boolean> {
    try {
      await this.configs.create(input);
      return true;
    } catch (error) {
      if (error instanceof LlmConfigNameTaken || error instanceof InvalidInput) return false;
      throw error;
    }
  }
}

function configurations(names: readonly string[]): string {
  return names.length === 1
    ? `made the model configuration ${names[0]}`
    : `made the model configurations ${names.join(', ')}`;
}
