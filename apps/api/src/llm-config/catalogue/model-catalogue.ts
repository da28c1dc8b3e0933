import { readFileSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import type { LlmProvider } from '@opsagent/contracts';
import { Environment } from '../../platform/config/environment.js';
import type { CatalogueEntry, CatalogueFile } from './catalogue-entry.js';
import { readCatalogue } from './read-catalogue.js';

const BUILT_IN = new URL('model-catalogue.json', import.meta.url);

/** How often the operator's file is looked at. */
const LOOK_EVERY_MS = 60_000;

/** An entry with the day it is of. */
export interface KnownModel extends CatalogueEntry {
  readonly as_of: string;
}

/** What is known of models: dated data of ours, with an operator's own file over it. Answers from memory. */
@Injectable()
export class ModelCatalogue implements OnModuleInit, OnApplicationShutdown {
  private readonly logger = new Logger(ModelCatalogue.name);
  private readonly builtIn = readCatalogue(readFileSync(BUILT_IN, 'utf8'));
  private timer: NodeJS.Timeout | undefined;
  /** The operator's file as it was read last, or why it was not. */
  private seen: string | undefined;
  private content: CatalogueFile = this.builtIn;
  private models = indexOf(this.builtIn);

  constructor(private readonly environment: Environment) {}

  async onModuleInit(): Promise<void> {
    if (this.environment.OPSAGENT_MODEL_CATALOGUE === undefined) return;
    await this.refresh();
    this.timer = setInterval(() => void this.refresh(), LOOK_EVERY_MS).unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  /** Changes whenever the catalogue does: what is derived from an entry is kept beside it. */
  get revision(): object {
    return this.models;
  }

  get asOf(): string {
    return this.content.as_of;
  }

  all(): KnownModel[] {
    return [...new Set(this.models.values())];
  }

  /** What is known of a model by its own name or another one of it; null when nothing is. */
  find(provider: LlmProvider, model: string): KnownModel | null {
    const exact = this.models.get(keyOf(provider, model));
    if (exact) return exact;
    for (let end = model.length - 1; end > 0; end--) {
      const open = this.models.get(keyOf(provider, `${model.slice(0, end)}*`));
      if (open) return open;
    }
    return null;
  }

  /** Reads the operator's file again if it is another one than before; a broken one is told once and changes nothing. */
  async refresh(): Promise<void> {
    const path = this.environment.OPSAGENT_MODEL_CATALOGUE;
    if (path === undefined) return;
    const found = await stat(path).then(
      ({ mtimeMs, size }) => `${mtimeMs} ${size}`,
      (error: Error) => error.message,
    );
    if (found === this.seen) return;
    this.seen = found;
    try {
      const own = readCatalogue(await readFile(path, 'utf8'));
      this.use(own);
      this.logger.log(`Model catalogue ${path} of ${own.as_of} read: ${own.entries.length} models`);
    } catch (error) {
      this.logger.warn(`Model catalogue ${path} is not used, what was known before stays: ${(error as Error).message}`);
    }
  }

  private use(own: CatalogueFile): void {
    const models = indexOf(this.builtIn);
    for (const [key, entry] of indexOf(own)) models.set(key, entry);
    this.models = models;
    this.content = own.as_of > this.builtIn.as_of ? own : this.builtIn;
  }
}

function indexOf({ as_of, entries }: CatalogueFile): Map<string, KnownModel> {
  const models = new Map<string, KnownModel>();
  for (const entry of entries) {
    const known = { ...entry, as_of };
    for (const name of [entry.model, ...(entry.aliases ?? [])]) models.set(keyOf(entry.provider, name), known);
  }
  return models;
}

function keyOf(provider: LlmProvider, model: string): string {
  return `${provider} ${model.toLowerCase()}`;
}
