import { Injectable } from '@nestjs/common';
import { Outbound } from '../platform/outbound/outbound.js';
import { factsOfShown, type LiveFacts } from './catalogue/live-facts.js';
import type { LlmConfigFacts } from './llm-config-facts.js';
import { parsed } from './wire/frames.js';
import { headersOf } from './wire/model-wires.js';
import { wholeAnswer } from './wire/whole-answer.js';

/** Each model is a request of its own, and somebody waits in front of a form. */
const MOST_SHOWN = 20;
const LONGEST_MS = 2_000;
/** A template and its licence come with every model. */
const MOST_BYTES = 1024 * 1024;

/** Asks an Ollama what its models can do. */
@Injectable()
export class OllamaShown {
  constructor(private readonly outbound: Outbound) {}

  /** What the first of `models` can do; one that is not told in time is left out. */
  async ask(config: LlmConfigFacts, models: readonly string[]): Promise<Map<string, LiveFacts>> {
    const shown = new Map<string, LiveFacts>();
    const ask = async (model: string): Promise<void> => {
      const facts = await this.show(config, model).catch(() => null);
      if (facts) shown.set(model, facts);
    };
    await Promise.all(models.slice(0, MOST_SHOWN).map(ask));
    return shown;
  }

  private async show(config: LlmConfigFacts, model: string): Promise<LiveFacts> {
    const response = await this.outbound.request(`${config.baseUrl}/api/show`, {
      method: 'POST',
      headers: { ...headersOf(config), accept: 'application/json' },
      body: JSON.stringify({ model }),
      connectMs: LONGEST_MS,
      totalMs: LONGEST_MS,
      maxBytes: MOST_BYTES,
    });
    return factsOfShown(parsed(await wholeAnswer(response, (body) => typeof body === 'object' && body !== null)));
  }
}
