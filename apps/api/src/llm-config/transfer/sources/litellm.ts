import type { LlmProvider } from '@opsagent/contracts';
import type { FileTree } from '../reading/file-tree.js';
import { ImportUnreadable } from '../transfer.errors.js';
import { type FileContents, type FileItem, given, isObject, leftOver, OwnNames, textOf } from './file-item.js';

type Entries = Readonly<Record<string, unknown>>;

/** A prefix of LiteLLM's model names; the address is the one LiteLLM itself uses, where that is not our default. */
interface Prefix {
  readonly provider: LlmProvider;
  readonly baseUrl?: string;
}

const PREFIXES = new Map<string, Prefix>(
  Object.entries({
    openai: { provider: 'openai' },
    deepseek: { provider: 'deepseek' },
    dashscope: { provider: 'tongyi', baseUrl: 'https://dashscope-intl.aliyuncs.com/compatible-mode/v1' },
    ollama: { provider: 'ollama' },
    ollama_chat: { provider: 'ollama' },
    volcengine: { provider: 'doubao' },
    moonshot: { provider: 'moonshot', baseUrl: 'https://api.moonshot.ai/v1' },
    zai: { provider: 'zhipu', baseUrl: 'https://api.z.ai/api/paas/v4' },
    hosted_vllm: { provider: 'vllm' },
    vllm: { provider: 'vllm' },
    custom_openai: { provider: 'openai-compatible' },
    openai_like: { provider: 'openai-compatible' },
    litellm_proxy: { provider: 'openai-compatible' },
    lm_studio: { provider: 'openai-compatible' },
    xinference: { provider: 'openai-compatible' },
    openrouter: { provider: 'openai-compatible', baseUrl: 'https://openrouter.ai/api/v1' },
    groq: { provider: 'openai-compatible', baseUrl: 'https://api.groq.com/openai/v1' },
    mistral: { provider: 'openai-compatible', baseUrl: 'https://api.mistral.ai/v1' },
    together_ai: { provider: 'openai-compatible', baseUrl: 'https://api.together.xyz/v1' },
    xai: { provider: 'openai-compatible', baseUrl: 'https://api.x.ai/v1' },
  }),
);

/** What LiteLLM takes for OpenAI's without a prefix. */
const OF_OPENAI = /^(gpt-|chatgpt-|o\d|text-embedding-)/;
const FROM_ENVIRONMENT = /^os\.environ\/(\w+)$/;

const PARAMETERS = ['temperature', 'top_p', 'frequency_penalty', 'presence_penalty'];
const TAKEN = [
  ...[
    'model',
    'api_key',
    'api_base',
    'base_url',
    'custom_llm_provider',
    'max_tokens',
    'max_completion_tokens',
    'timeout',
  ],
  ...['extra_headers', 'headers', 'extra_body', 'seed', 'stop', 'reasoning_effort', 'tags'],
  ...PARAMETERS,
];
const TAKEN_OF_INFO = ['mode', 'id', 'description', 'max_input_tokens'];

/** Reads LiteLLM's `config.yaml`: its deployments, and the fallbacks between them. @throws ImportUnreadable */
export function readLiteLlm({ tree, lines }: FileTree): FileContents {
  const file = isObject(tree) ? tree : {};
  const list = file['model_list'];
  if (!Array.isArray(list)) throw new ImportUnreadable('has no model_list');
  const names = new OwnNames();
  const fallbacks = fallbacksIn(file);
  const items = list.map((entry, at) => itemOf(entry, lines[at] ?? null, at, names, fallbacks));
  const others = othersIn(file);
  if (items[0] && others.length > 0)
    items[0] = { ...items[0], notes: [...items[0].notes, `of the whole file was left out: ${others.join(', ')}`] };
  return { source: 'litellm', items, namesDefaults: false };
}

function itemOf(
  entry: unknown,
  line: number | null,
  at: number,
  names: OwnNames,
  fallbacks: ReadonlyMap<string, readonly string[]>,
): FileItem {
  const {
    model_name: rawName,
    litellm_params: rawParams,
    model_info: rawInfo,
    ...others
  } = isObject(entry) ? entry : {};
  const [params, info] = [rawParams, rawInfo].map((value) => (isObject(value) ? value : {})) as [Entries, Entries];
  const group = textOf(rawName);
  const name = names.of(group ?? `#${at + 1}`);
  const notes: string[] = [];
  const problems: string[] = [];
  if (group === undefined) problems.push('model_name is missing');
  else if (group.includes('*')) problems.push('model_name stands for many models: name each of them');
  else if (name !== group)
    notes.push(`LiteLLM spreads the calls of ${group} over several deployments: this one is named ${name}`);
  const values = {
    name,
    ...placeOf(params, problems),
    ...keyOf(params, notes),
    ...settingsOf(params),
    ...kindOf(info, problems),
    ...given({ description: info['description'], extra_config: extraOf(params, info), tags: tagsOf(params) }),
  };
  const left = [
    ...leftOver(params, TAKEN),
    ...leftOver(info, TAKEN_OF_INFO).map((key) => `model_info.${key}`),
    ...leftOver(others, []),
  ];
  if (left.length > 0) notes.push(`left out: ${left.join(', ')}`);
  return { line, name, values, fallbacks: group === undefined ? undefined : fallbacks.get(group), notes, problems };
}

/** The provider, the model and the address. */
function placeOf(params: Entries, problems: string[]): Entries {
  const model = textOf(params['model']) ?? '';
  const address = textOf(params['api_base']) ?? textOf(params['base_url']);
  const variable = FROM_ENVIRONMENT.exec(address ?? '')?.[1];
  if (model === '') problems.push('litellm_params.model is missing');
  if (variable !== undefined)
    problems.push(`its address stands in the environment variable ${variable}: write it into the file`);
  const own = textOf(params['custom_llm_provider']);
  const [, before, rest] = /^([^/]+)\/(.+)$/.exec(model) ?? [];
  const prefix =
    own ?? (before !== undefined && PREFIXES.has(before) ? before : OF_OPENAI.test(model) ? 'openai' : before);
  const model_name = prefix === before && rest !== undefined ? rest : model;
  const known = prefix === undefined ? undefined : PREFIXES.get(prefix);
  if (!known && model !== '') {
    problems.push(
      `no provider here is LiteLLM's ${prefix === undefined ? 'for a model without a prefix' : `"${prefix.slice(0, 50)}"`}`,
    );
  }
  if (!known || variable !== undefined) return { model_name };
  return { model_name, ...endpoint(known, address) };
}

/** OpenAI's wire at another address is another endpoint. */
function endpoint({ provider, baseUrl }: Prefix, address: string | undefined): Entries {
  const isElsewhere =
    provider === 'openai' && address !== undefined && !/^https:\/\/api\.openai\.com(\/|$)/.test(address);
  return given({ provider: isElsewhere ? 'openai-compatible' : provider, base_url: address ?? baseUrl });
}

function keyOf({ api_key: raw }: Entries, notes: string[]): Entries {
  const key = textOf(raw);
  const variable = FROM_ENVIRONMENT.exec(key ?? '')?.[1];
  if (variable === undefined) return given({ api_key: key });
  notes.push(`its key stands in the environment variable ${variable}: enter it`);
  return {};
}

function settingsOf(params: Entries): Entries {
  const sampling = Object.fromEntries(PARAMETERS.map((name) => [name, params[name]]));
  return given({ ...sampling, max_tokens: params['max_tokens'] ?? params['max_completion_tokens'] });
}

function kindOf({ mode }: Entries, problems: string[]): Entries {
  if (mode === 'embedding') return { is_embedding: true };
  if (mode !== undefined && mode !== null && mode !== 'chat' && mode !== 'responses') {
    problems.push('its mode is neither chat nor embedding');
  }
  return {};
}

function extraOf(params: Entries, info: Entries): Entries | undefined {
  const { timeout, stop } = params;
  const extra = given({
    timeouts: typeof timeout === 'number' ? { total_ms: Math.round(timeout * 1000) } : undefined,
    headers: params['extra_headers'] ?? params['headers'],
    extra_body: params['extra_body'],
    seed: params['seed'],
    stop: typeof stop === 'string' ? [stop] : stop,
    reasoning_effort: params['reasoning_effort'],
    context_window: info['max_input_tokens'],
  });
  return Object.keys(extra).length === 0 ? undefined : extra;
}

function tagsOf({ tags }: Entries): unknown {
  return Array.isArray(tags) && tags.length === 0 ? undefined : tags;
}

/** `fallbacks: [{main: [reserve]}]`, of whichever part of the file has them. */
function fallbacksIn(file: Entries): Map<string, readonly string[]> {
  const lists = ['router_settings', 'litellm_settings'].map((part) =>
    isObject(file[part]) ? file[part]['fallbacks'] : null,
  );
  const entries = lists
    .flat()
    .filter(isObject)
    .flatMap((entry) => Object.entries(entry));
  return new Map(
    entries.map(([name, chain]) => [
      name,
      Array.isArray(chain) ? chain.filter((other) => typeof other === 'string') : [],
    ]),
  );
}

function othersIn({ model_list: _list, ...parts }: Entries): string[] {
  return Object.entries(parts).flatMap(([part, value]) =>
    isObject(value) ? leftOver(value, ['fallbacks']).map((key) => `${part}.${key}`) : [part],
  );
}
