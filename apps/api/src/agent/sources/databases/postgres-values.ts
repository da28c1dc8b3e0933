import { types } from 'pg';
import { exactNumber, toldBytes } from './row-keeper.js';

const { builtins } = types;

const momentOf = (text: string): string => text.replace(' ', 'T').replace(/\+00$/, 'Z');
const numberOf = (text: string): number | string => exactNumber(text);
const floatOf = (text: string): number | string => (Number.isFinite(Number(text)) ? Number(text) : text);

/** How values of PostgreSQL are told to a model, by the id of their type; what is not here is its text. */
const OURS: Readonly<Record<number, (text: string) => unknown>> = {
  [builtins.INT8]: numberOf,
  [builtins.NUMERIC]: numberOf,
  [builtins.FLOAT4]: floatOf,
  [builtins.FLOAT8]: floatOf,
  [builtins.TIMESTAMP]: momentOf,
  [builtins.TIMESTAMPTZ]: momentOf,
  [builtins.DATE]: String,
  [builtins.INTERVAL]: String,
  [builtins.CIRCLE]: String,
  [builtins.BYTEA]: (text) => toldBytes(Buffer.from(text.replace(/^\\x/, ''), 'hex')),
};

/** The driver asks it how to read each column. */
export const POSTGRES_TYPES: { getTypeParser: typeof types.getTypeParser } = {
  getTypeParser: ((id: number, format?: 'text' | 'binary') =>
    OURS[id] ?? (types.getTypeParser(id, format) as unknown)) as typeof types.getTypeParser,
};
