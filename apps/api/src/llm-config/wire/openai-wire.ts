import type { LlmConfigFacts } from '../llm-config-facts.js';
import { rulesOf, type ProviderDescriptor } from '../providers/provider-descriptor.js';
import type { ModelRequest } from './model-wire.js';
import { OpenAiAnswer } from './openai-answer.js';
import { OpenAiRequests } from './openai-request.js';
import { SseFrames } from './sse-frames.js';
import type { WireDialect } from './wire-dialect.js';
import { WIRE_PATHS } from './wire-paths.js';

/** Chat completions, as all but one provider speak them. */
export class OpenAiWire implements WireDialect {
  readonly path: string;
  readonly accept = 'text/event-stream';
  private readonly requests: OpenAiRequests;

  constructor(config: LlmConfigFacts, descriptor: ProviderDescriptor) {
    this.path = rulesOf(descriptor, config.modelName).chatPath ?? WIRE_PATHS.openai.chat;
    this.requests = new OpenAiRequests(config, descriptor);
  }

  isStream(contentType: string): boolean {
    return contentType === '' || /event-stream|text\/plain|octet-stream/.test(contentType);
  }

  bodyOf(request: ModelRequest): Record<string, unknown> {
    return this.requests.bodyOf(request);
  }

  frames(): SseFrames {
    return new SseFrames();
  }

  answer(request: ModelRequest): OpenAiAnswer {
    return new OpenAiAnswer(request);
  }
}
