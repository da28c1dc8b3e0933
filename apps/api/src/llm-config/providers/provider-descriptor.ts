import type { LlmProvider } from '@opsagent/contracts';
import type { ProviderKeyName } from '../../platform/config/environment.js';
import type { CodedFault, ErrorTable } from './error-table.js';

/** A parameter of the configuration's columns that a provider or model may refuse. */
export type SamplingParameter = 'temperature' | 'top_p' | 'frequency_penalty' | 'presence_penalty';

/** What the request calls the longest answer. */
export type TokenCapField = 'max_tokens' | 'max_completion_tokens' | 'num_predict';

/** What differs for the models whose name matches; the first rule that matches counts. */
export interface ModelRule {
  readonly models: RegExp;
  readonly tokenCap?: TokenCapField;
  /** Left out of the request; the test of a configuration says so. */
  readonly refuses?: readonly SamplingParameter[];
  /** Why `extra_config.thinking: "off"` cannot be honoured. */
  readonly alwaysThinks?: boolean;
  /** Where these models are asked, below the base URL, if not where the others are. */
  readonly chatPath?: string;
  /** Most texts in one embeddings call. */
  readonly embeddingBatch?: number;
}

/** How a provider is told to think or not; `null` means that it cannot be told. */
export interface ThinkingFields {
  readonly on: Readonly<Record<string, unknown>> | null;
  readonly off: Readonly<Record<string, unknown>> | null;
  readonly effort: string | null;
  readonly budget: string | null;
}

/** Everything the program knows of one provider, as data: a tenth provider is a tenth file of these. */
export interface ProviderDescriptor {
  readonly id: LlmProvider;
  /** What it calls itself. */
  readonly name: string;
  readonly wire: 'openai' | 'ollama';
  /** Used when a configuration names no address; null: it must name one. */
  readonly defaultBaseUrl: string | null;
  readonly addresses: readonly { readonly region: string; readonly url: string }[];
  readonly keyRequired: boolean;
  readonly keyUrl: string | null;
  /** The environment variable that its own tools read the key from. */
  readonly keyVariable: ProviderKeyName | null;
  /** Matches keys that only this provider makes; null where its keys look like others'. */
  readonly keyPattern: RegExp | null;
  readonly docsUrl: string;
  readonly billingUrl: string | null;
  /** What it takes for a model besides the models' names. */
  readonly modelPattern?: RegExp;
  readonly exampleModel: string;
  /** It is known to list its models; the others are asked all the same. */
  readonly listsModels: boolean;
  readonly hasEmbeddings: boolean;
  /** Most texts in one embeddings call. */
  readonly embeddingBatch: number;
  /** Asked for by name where base64, which the client asks for by itself, is refused or ignored. */
  readonly embeddingEncoding?: 'float';
  /** Whether `stream_options` may be sent. */
  readonly streamOptions: boolean;
  /** Whether the reasoning of tool-calling messages must be sent back in later rounds. */
  readonly reasoningBack: boolean;
  readonly tokenCap: TokenCapField;
  /** The highest temperature it takes. */
  readonly hottest: number;
  /** The lowest temperature it takes, where that is not zero. */
  readonly coldest?: number;
  /** Left out of every request. */
  readonly refuses: readonly SamplingParameter[];
  readonly modelRules: readonly ModelRule[];
  readonly thinking: ThinkingFields;
  /** Longer than the server's own wait for the first byte: models are loaded on demand. */
  readonly firstByteMs?: number;
  /** What its error codes mean. */
  readonly errors: ErrorTable;
  /** Sentences of its own that say more than the code beside them. */
  readonly telling?: readonly (readonly [RegExp, CodedFault])[];
}

/** What counts for one model: its rule where there is one, else its provider's own. */
export function rulesOf(
  descriptor: ProviderDescriptor,
  modelName: string,
): Required<Omit<ModelRule, 'models' | 'chatPath'>> & Pick<ModelRule, 'chatPath'> {
  const rule = descriptor.modelRules.find(({ models }) => models.test(modelName));
  return {
    tokenCap: rule?.tokenCap ?? descriptor.tokenCap,
    refuses: rule?.refuses ?? descriptor.refuses,
    alwaysThinks: rule?.alwaysThinks ?? false,
    chatPath: rule?.chatPath,
    embeddingBatch: rule?.embeddingBatch ?? descriptor.embeddingBatch,
  };
}
