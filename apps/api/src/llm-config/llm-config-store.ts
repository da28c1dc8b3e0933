import { Injectable } from '@nestjs/common';
import { Signals } from '../platform/database/signals.js';
import type { LlmConfigFacts } from './llm-config-facts.js';
import { LlmConfigFactsMaker } from './llm-config-facts-maker.js';
import { LLM_CONFIG_CHANGED, LlmConfigRepository } from './llm-config.repository.js';

type Listener = (id: string | null) => void;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The configurations in memory, for the chat path: read once, kept until they change in this or any other process. */
@Injectable()
export class LlmConfigStore {
  private readonly byId = new Map<string, Promise<LlmConfigFacts | null>>();
  private readonly defaultIds = new Map<boolean, Promise<string | null>>();
  private readonly listeners = new Set<Listener>();

  constructor(
    private readonly repository: LlmConfigRepository,
    private readonly facts: LlmConfigFactsMaker,
    signals: Signals,
  ) {
    signals.subscribe(LLM_CONFIG_CHANGED, (id) => this.forget(id));
    signals.onReconnect(() => this.forget(null));
  }

  /** The configuration of that id, active or not; null when there is none. */
  async get(id: string): Promise<LlmConfigFacts | null> {
    const key = id.toLowerCase();
    if (!UUID.test(key)) return null;
    return keep(this.byId, key, () => this.load(key));
  }

  /** The default configuration of that kind; null when none is set. */
  async defaultOf(isEmbedding: boolean): Promise<LlmConfigFacts | null> {
    const id = await keep(this.defaultIds, isEmbedding, async () => {
      const found = await this.repository.findDefault(isEmbedding);
      return found?.id ?? null;
    });
    return id === null ? null : this.get(id);
  }

  /** Calls `listener` with the id of every configuration that changed or went away; null: any of them may have. */
  onChange(listener: Listener): void {
    this.listeners.add(listener);
  }

  /** Drops what is known of a configuration, or of all of them. Loads under way are not kept either. */
  forget(id: string | null): void {
    if (id === null) this.byId.clear();
    else this.byId.delete(id);
    this.defaultIds.clear();
    for (const listener of this.listeners) listener(id);
  }

  private async load(id: string): Promise<LlmConfigFacts | null> {
    const config = await this.repository.findById(id);
    return config && this.facts.of(config);
  }
}

/** Keeps what was loaded, but neither failures nor absence: unknown ids must not fill the memory. */
function keep<K, T>(cache: Map<K, Promise<T | null>>, key: K, load: () => Promise<T | null>): Promise<T | null> {
  const known = cache.get(key);
  if (known) return known;
  const loading = load();
  cache.set(key, loading);
  const dropIfEmpty = (value: T | null): void => {
    if (value === null && cache.get(key) === loading) cache.delete(key);
  };
  loading.then(dropIfEmpty, () => dropIfEmpty(null));
  return loading;
}
