import { Injectable } from '@nestjs/common';
import { Environment } from '../platform/config/environment.js';
import { Outbound } from '../platform/outbound/outbound.js';
import { Embedder } from './embedder.js';
import type { LlmConfigFacts } from './llm-config-facts.js';
import { rulesOf } from './providers/provider-descriptor.js';
import { PROVIDERS } from './providers/providers.js';
import { Faults } from './wire/faults.js';
import { parsed } from './wire/frames.js';
import { headersOf } from './wire/model-wires.js';
import { patienceOf } from './wire/patience.js';
import { pause, waitBeforeRetry } from './wire/retries.js';
import { wholeAnswer } from './wire/whole-answer.js';

/** What both of LangChain's clients can do. */
interface Client {
  embedDocuments(texts: string[]): Promise<number[][]>;
}

type Fetch = typeof globalThis.fetch;

/** Embeds through LangChain's clients, over our guarded way out; loaded at the first use. */
@Injectable()
export class LangChainEmbedder extends Embedder {
  constructor(
    private readonly outbound: Outbound,
    private readonly environment: Environment,
  ) {
    super();
  }

  override async embed(config: LlmConfigFacts, texts: readonly string[], signal: AbortSignal): Promise<number[][]> {
    const batchSize = batchOf(config);
    const vectors: number[][] = [];
    for (let start = 0; start < texts.length; start += batchSize) {
      vectors.push(...(await this.embedBatch(config, texts.slice(start, start + batchSize), signal)));
    }
    return vectors;
  }

  private async embedBatch(config: LlmConfigFacts, texts: string[], signal: AbortSignal): Promise<number[][]> {
    const faults = new Faults(config);
    for (let attempt = 0; ; attempt++) {
      signal.throwIfAborted();
      const way = new EmbeddingWay(config, texts.length, this.outbound, this.environment, signal);
      try {
        const client = await (PROVIDERS[config.provider].wire === 'ollama' ? ollama : openai)(config, way.fetch);
        return await client.embedDocuments(texts);
      } catch (error) {
        signal.throwIfAborted();
        const failure = faults.explain(way.failure ?? error);
        const wait = waitBeforeRetry(failure, attempt);
        if (wait === undefined) throw failure;
        await pause(wait, signal);
      }
    }
  }
}

/** The `fetch` of one call: with our headers, bound to a signal, and keeping what went wrong; the clients do none of that. */
class EmbeddingWay {
  failure: unknown;

  constructor(
    private readonly config: LlmConfigFacts,
    private readonly count: number,
    private readonly outbound: Outbound,
    private readonly environment: Environment,
    private readonly signal: AbortSignal,
  ) {}

  readonly fetch: Fetch = async (input, init) => {
    try {
      return new Response(await this.ask(input instanceof Request ? input.url : String(input), init?.body as string), {
        headers: { 'content-type': 'application/json' },
      });
    } catch (error) {
      this.failure = error;
      throw error;
    }
  };

  private async ask(url: string, body: string): Promise<string> {
    const { connectMs, totalMs } = patienceOf(this.environment, this.config.extra.timeouts, undefined);
    const headers = headersOf(this.config);
    const { signal } = this;
    const response = await this.outbound.request(url, { method: 'POST', headers, body, signal, connectMs, totalMs });
    return inOrder(await wholeAnswer(response, (answer) => isAnswer(answer, this.count)));
  }
}

function batchOf({ extra, provider, modelName }: LlmConfigFacts): number {
  return extra.batch_size ?? rulesOf(PROVIDERS[provider], modelName).embeddingBatch;
}

interface Embedded {
  readonly data?: readonly { readonly index?: unknown; readonly embedding?: unknown }[];
  readonly embeddings?: readonly unknown[];
}

/** One vector for each text; the clients do not count. */
function isAnswer(body: unknown, count: number): body is Embedded {
  if (typeof body !== 'object' || body === null) return false;
  const { data, embeddings } = body as { data?: unknown; embeddings?: unknown };
  if (Array.isArray(embeddings)) return embeddings.length === count && embeddings.every(Array.isArray);
  return Array.isArray(data) && data.length === count && data.every(isVector);
}

function isVector(entry: unknown): boolean {
  const embedding = typeof entry === 'object' && entry !== null && 'embedding' in entry ? entry.embedding : undefined;
  return Array.isArray(embedding) || typeof embedding === 'string';
}

/** The client takes vectors as they come; each says which text it is of. */
function inOrder(text: string): string {
  const body = parsed(text) as Embedded;
  const indexes = body.data?.map(({ index }, at) => (typeof index === 'number' ? index : at)) ?? [];
  if (indexes.every((index, at) => index === at)) return text;
  const data = body.data?.toSorted((a, b) => Number(a.index) - Number(b.index));
  return JSON.stringify({ ...body, data });
}

async function openai(config: LlmConfigFacts, fetch: Fetch): Promise<Client> {
  await import('./langchain/quiet-langchain.js');
  const { OpenAIEmbeddings } = await import('@langchain/openai');
  return new OpenAIEmbeddings({
    model: config.modelName,
    // Only a placeholder: without one the client would take the server's own OPENAI_API_KEY. Our headers carry the real one.
    apiKey: '-',
    batchSize: batchOf(config),
    dimensions: config.extra.dimensions,
    encodingFormat: PROVIDERS[config.provider].embeddingEncoding,
    stripNewLines: false,
    maxRetries: 0,
    configuration: { baseURL: config.baseUrl, fetch },
  });
}

async function ollama(config: LlmConfigFacts, fetch: Fetch): Promise<Client> {
  await import('./langchain/quiet-langchain.js');
  const { OllamaEmbeddings } = await import('@langchain/ollama');
  return new OllamaEmbeddings({
    model: config.modelName,
    baseUrl: config.baseUrl,
    dimensions: config.extra.dimensions,
    maxRetries: 0,
    fetch,
  });
}
