import type { FileTree } from '../reading/file-tree.js';
import { ImportUnreadable } from '../transfer.errors.js';
import { type FileContents, type FileItem, given, isObject, leftOver, OwnNames, textOf } from './file-item.js';
import { type ChannelType, channelTypesFor } from './one-api-channels.js';

type Entries = Readonly<Record<string, unknown>>;

const ENABLED = 1;
const TAKEN = ['name', 'type', 'key', 'models', 'base_url', 'status', 'model_mapping', 'remark', 'tag'];
/** What their programs note about a channel, and nobody sets. */
const BOOKKEEPING = [
  ...['id', 'created_time', 'test_time', 'response_time', 'balance', 'balance_updated_time', 'used_quota'],
  ...['channel_info', 'other_info', 'test_model', 'need_reconcile'],
];
const EMBEDS = /embed|^bge-|^m3e|^gte-/i;
const NEITHER = /rerank|whisper|tts|dall-e|image|speech|moderation|video|sora|flux|mj_|midjourney|suno/i;

/** Reads channels of one-api or new-api as JSON: every model of a channel is a configuration. @throws ImportUnreadable */
export function readOneApi({ tree, lines }: FileTree): FileContents {
  const channels = channelsIn(tree);
  const objects = channels.filter(isObject);
  const { types, isNewApi } = channelTypesFor(objects);
  const names = new OwnNames();
  const items = channels.flatMap((channel, at) => {
    const line = lines[at] ?? null;
    if (!isObject(channel)) return [broken(line, `#${at + 1}`, 'it is not an object')];
    const type = typeof channel['type'] === 'number' ? types[channel['type']] : undefined;
    return type
      ? itemsOf(channel, type, line, names)
      : [broken(line, names.of(textOf(channel['name']) ?? `#${at + 1}`), strangeType(channel['type'], isNewApi))];
  });
  return { source: 'one-api', items, namesDefaults: false };
}

/** The list itself, or what their API answers around it. */
export function channelsIn(tree: unknown): readonly unknown[] {
  const data = isObject(tree) ? tree['data'] : tree;
  const list = isObject(data) ? data['items'] : data;
  if (!Array.isArray(list)) throw new ImportUnreadable('has no list of channels');
  return list;
}

function itemsOf(channel: Entries, type: ChannelType, line: number | null, names: OwnNames): FileItem[] {
  const label = textOf(channel['name']) ?? type.provider;
  const models = (textOf(channel['models']) ?? '')
    .split(',')
    .map((model) => model.trim())
    .filter((model) => model !== '');
  if (models.length === 0) return [broken(line, names.of(label), 'it has no models')];
  const notes: string[] = [];
  const mapping = mappingIn(channel, notes);
  const shared = { ...keyOf(channel, notes), ...placeOf(channel, type), ...wordsOf(channel) };
  const left = leftOver(channel, [...TAKEN, ...BOOKKEEPING]).filter((field) => !isUnset(field, channel[field]));
  if (left.length > 0) notes.push(`left out: ${left.join(', ')}`);
  return [...new Set(models)].map((model) => {
    const name = names.of(models.length === 1 ? label : `${label} ${model}`);
    const model_name = mapping.get(model) ?? model;
    const values = { name, model_name, ...shared, ...(EMBEDS.test(model_name) ? { is_embedding: true } : {}) };
    const problems = NEITHER.test(model_name)
      ? [`${model_name} is by its name neither a chat nor an embedding model`]
      : [];
    return { line, name, values, notes, problems };
  });
}

function placeOf({ base_url: raw, status }: Entries, { provider, path, baseUrl }: ChannelType): Entries {
  const address = textOf(raw) ?? baseUrl;
  const isElsewhere =
    provider === 'openai' && address !== undefined && !/^https:\/\/api\.openai\.com\/?$/.test(address);
  return {
    provider: isElsewhere ? 'openai-compatible' : provider,
    ...given({ base_url: address === undefined ? undefined : joined(address, path) }),
    is_active: status === undefined || status === ENABLED,
  };
}

/** Somebody may have written the whole address, as new-api allows. */
function joined(address: string, path: string): string {
  const base = address.replace(/\/+$/, '');
  return base.endsWith(path) ? base : base + path;
}

/** Channels take turns with the lines of their key; a configuration has one. */
function keyOf({ key }: Entries, notes: string[]): Entries {
  const keys = (textOf(key) ?? '')
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  if (keys.length > 1) notes.push(`the channel has ${keys.length} keys: the first is taken`);
  return given({ api_key: keys[0] });
}

function wordsOf({ remark, tag }: Entries): Entries {
  return given({ description: textOf(remark), tags: textOf(tag) === undefined ? undefined : [textOf(tag)] });
}

/** `{"asked for": "really called"}`, as JSON within the JSON. */
function mappingIn({ model_mapping: raw }: Entries, notes: string[]): Map<string, string> {
  const text = textOf(raw);
  if (text === undefined) return new Map();
  try {
    const mapping: unknown = JSON.parse(text);
    if (isObject(mapping)) return new Map(Object.entries(mapping).map(([from, to]) => [from, String(to)]));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  notes.push('left out: model_mapping, which is not a JSON object');
  return new Map();
}

/** What their programs write where nobody chose anything. */
function isUnset(field: string, value: unknown): boolean {
  if (value === 0 || value === '{}' || value === '[]' || value === 'null') return true;
  return (field === 'group' && value === 'default') || (field === 'auto_ban' && value === 1);
}

function strangeType(type: unknown, isNewApi: boolean): string {
  const number = typeof type === 'number' ? ` ${type}` : '';
  return `its type${number} of ${isNewApi ? 'new-api' : 'one-api'} is no provider here`;
}

function broken(line: number | null, name: string, problem: string): FileItem {
  return { line, name, values: {}, notes: [], problems: [problem] };
}
