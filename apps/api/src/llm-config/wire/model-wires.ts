import { Injectable } from '@nestjs/common';
import type { LlmConfigFacts } from '../llm-config-facts.js';
import { PROVIDERS } from '../providers/providers.js';
import type { ProviderDescriptor } from '../providers/provider-descriptor.js';
import { Environment } from '../../platform/config/environment.js';
import { Outbound } from '../../platform/outbound/outbound.js';
import type { ChatModel } from './model-wire.js';
import { OllamaWire } from './ollama-wire.js';
import { OpenAiWire } from './openai-wire.js';
import { patienceOf } from './patience.js';
import type { WireDialect } from './wire-dialect.js';
import { WiredModel } from './wired-model.js';

const WIRES: Readonly<
  Record<ProviderDescriptor['wire'], new (config: LlmConfigFacts, descriptor: ProviderDescriptor) => WireDialect>
> = { openai: OpenAiWire, ollama: OllamaWire };

/** Opens the model behind a configuration, saved or not. */
@Injectable()
export class ModelWires {
  constructor(
    private readonly outbound: Outbound,
    private readonly environment: Environment,
  ) {}

  /** @throws LlmConfigNotUsable when the key cannot be opened */
  open(config: LlmConfigFacts): ChatModel {
    const descriptor = PROVIDERS[config.provider];
    const dialect = new WIRES[descriptor.wire](config, descriptor);
    return new WiredModel(config, {
      dialect,
      url: config.baseUrl + dialect.path,
      headers: { ...headersOf(config), accept: dialect.accept },
      patience: patienceOf(this.environment, config.extra.timeouts, descriptor.firstByteMs),
      outbound: this.outbound,
    });
  }
}

/** The headers of every call to a configuration's provider. */
export function headersOf(config: LlmConfigFacts): Record<string, string> {
  const key = config.apiKey();
  return {
    'user-agent': 'OpsAgent',
    ...lowerCased(config.headers()),
    'content-type': 'application/json',
    ...(key === null ? {} : { authorization: `Bearer ${key}` }),
  };
}

function lowerCased(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
