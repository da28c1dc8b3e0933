import { Injectable } from '@nestjs/common';
import { Outbound, type OutboundRequest } from '../../platform/outbound/outbound.js';
import { Faults } from '../wire/faults.js';
import { parsed } from '../wire/frames.js';
import { isModelList } from '../wire/model-names.js';
import { UpstreamFailed } from '../wire/model-wire.js';
import { wholeAnswer } from '../wire/whole-answer.js';

/** It is on this machine or it is not there. */
const LONGEST_MS = 1000;
const MOST_BYTES = 4 * 1024 * 1024;
/** Looked at, so that those that chat are found among those that do not. */
const MOST_LOOKED_AT = 30;

/** A model as `/api/tags` lists it, as far as it matters here. */
interface Tag {
  readonly name: string;
  /** Where a model runs that is not installed here. */
  readonly remote_host?: string;
  readonly details?: { readonly family?: string };
}

/** Asks an Ollama which models it has; one that does not answer has none. */
@Injectable()
export class LocalOllama {
  constructor(private readonly outbound: Outbound) {}

  /** The installed models that can chat, in its order: the one used last comes first. */
  async chatModels(baseUrl: string): Promise<string[]> {
    const answer = (await this.ask(`${baseUrl}/api/tags`, {}, isModelList)) as { models?: Tag[] | null } | null;
    const tags = (answer?.models ?? []).filter((tag) => typeof tag.name === 'string' && !tag.remote_host);
    const looked = tags.slice(0, MOST_LOOKED_AT);
    const chats = await Promise.all(looked.map((tag) => this.canChat(baseUrl, tag)));
    return looked.filter((_tag, at) => chats[at]).map(({ name }) => name);
  }

  /** Older versions name no capabilities; their embedding models are kinds of BERT. */
  private async canChat(baseUrl: string, { name, details }: Tag): Promise<boolean> {
    const body = JSON.stringify({ model: name });
    const request = { method: 'POST', headers: { 'content-type': 'application/json' }, body } as const;
    const answer = await this.ask(`${baseUrl}/api/show`, request, (shown) => typeof shown === 'object');
    const { capabilities } = (answer ?? {}) as { capabilities?: unknown };
    return Array.isArray(capabilities) ? capabilities.includes('completion') : !/bert/i.test(details?.family ?? '');
  }

  private async ask(url: string, request: OutboundRequest, isAnswer: (body: unknown) => boolean): Promise<unknown> {
    const limits = { connectMs: LONGEST_MS, totalMs: LONGEST_MS, maxBytes: MOST_BYTES };
    try {
      return parsed(await wholeAnswer(await this.outbound.request(url, { ...request, ...limits }), isAnswer));
    } catch (error) {
      const failure = new Faults({
        name: 'Ollama',
        provider: 'ollama',
        headers: () => ({}),
        apiKey: () => null,
      }).explain(error);
      if (failure instanceof UpstreamFailed) return null;
      throw failure;
    }
  }
}
