import { Injectable } from '@nestjs/common';
import type { RequestInfo, RequestInit, Response } from 'undici';
import { Outbound } from '../platform/outbound/outbound.js';
import { Embedder } from './embedder.js';
import type { LlmConfigFacts } from './llm-config-facts.js';
import { PROVIDERS } from './providers/providers.js';
import { requestIdIn, retryAfterMs, saidInText } from './wire/fault-classifier.js';
import { Faults, Refused } from './wire/faults.js';
import { headersOf } from './wire/model-wires.js';

/** Embeds through LangChain's clients, over our guarded way out; loaded at the first use. */
@Injectable()
export class LangChainEmbedder extends Embedder {
  constructor(private readonly outbound: Outbound) {
    super();
  }

  override async embed(config: LlmConfigFacts, texts: readonly string[], signal: AbortSignal): Promise<number[][]> {
    const way = new EmbeddingWay(this.outbound, signal);
    try {
      const client = await (PROVIDERS[config.provider].wire === 'ollama' ? ollama : openai)(config, way.fetch);
      return await client.embedDocuments([...texts]);
    } catch (error) {
      throw signal.aborted ? signal.reason : new Faults(config).explain(way.failure ?? error);
    }
  }
}

/** The `fetch` of one call: bound to a signal, which the clients do not take, and keeping what went wrong, which they wrap. */
class EmbeddingWay {
  failure: unknown;
  readonly fetch: typeof globalThis.fetch;

  constructor(outbound: Outbound, signal: AbortSignal) {
    this.fetch = (async (input: RequestInfo, init: RequestInit) => {
      try {
        const response = await outbound.fetch(input, { ...init, signal });
        if (!response.ok) throw await refusalOf(response);
        return response;
      } catch (error) {
        this.failure = error instanceof TypeError && error.cause ? error.cause : error;
        throw error;
      }
    }) as unknown as typeof globalThis.fetch;
  }
}

async function refusalOf(response: Response): Promise<Refused> {
  const headers = Object.fromEntries(response.headers);
  return new Refused(
    response.status,
    saidInText(await response.text()),
    retryAfterMs(headers, Date.now()),
    requestIdIn(headers),
  );
}

type Client = { embedDocuments(texts: string[]): Promise<number[][]> };

async function openai(config: LlmConfigFacts, fetch: typeof globalThis.fetch): Promise<Client> {
  await import('./langchain/quiet-langchain.js');
  const { OpenAIEmbeddings } = await import('@langchain/openai');
  const { embeddingBatch, embeddingEncoding } = PROVIDERS[config.provider];
  return new OpenAIEmbeddings({
    model: config.modelName,
    // Always given: without one the client would take the server's own OPENAI_API_KEY.
    apiKey: config.apiKey() ?? '-',
    batchSize: config.extra.batch_size ?? embeddingBatch,
    dimensions: config.extra.dimensions,
    encodingFormat: embeddingEncoding,
    stripNewLines: false,
    maxRetries: 0,
    configuration: { baseURL: config.baseUrl, fetch, organization: null, defaultHeaders: config.extra.headers },
  });
}

async function ollama(config: LlmConfigFacts, fetch: typeof globalThis.fetch): Promise<Client> {
  await import('./langchain/quiet-langchain.js');
  const { OllamaEmbeddings } = await import('@langchain/ollama');
  return new OllamaEmbeddings({
    model: config.modelName,
    baseUrl: config.baseUrl,
    dimensions: config.extra.dimensions,
    headers: headersOf(config),
    maxRetries: 0,
    fetch,
  });
}
