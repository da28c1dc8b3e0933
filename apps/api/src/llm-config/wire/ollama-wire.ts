import type { LlmConfigFacts } from '../llm-config-facts.js';
import type { ProviderDescriptor } from '../providers/provider-descriptor.js';
import type { ModelRequest } from './model-wire.js';
import { NdjsonFrames } from './ndjson-frames.js';
import { OllamaAnswer } from './ollama-answer.js';
import { OllamaRequests } from './ollama-request.js';
import type { WireDialect } from './wire-dialect.js';
import { WIRE_PATHS } from './wire-paths.js';

/** Ollama's own chat API: the only one with a context size and a keep-alive. */
export class OllamaWire implements WireDialect {
  readonly path = WIRE_PATHS.ollama.chat;
  readonly accept = 'application/x-ndjson';
  private readonly requests: OllamaRequests;

  constructor(config: LlmConfigFacts, descriptor: ProviderDescriptor) {
    this.requests = new OllamaRequests(config, descriptor);
  }

  isStream(contentType: string): boolean {
    return !contentType.includes('html');
  }

  bodyOf(request: ModelRequest): Record<string, unknown> {
    return this.requests.bodyOf(request);
  }

  frames(): NdjsonFrames {
    return new NdjsonFrames();
  }

  answer(request: ModelRequest): OllamaAnswer {
    return new OllamaAnswer(request);
  }
}
