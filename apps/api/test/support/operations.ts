import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { workspaceRoot } from '../../src/platform/config/workspace-root.js';
import type { Access } from '../../src/platform/actor/access.js';
import { ACCESS_RULES } from '../../src/route-permissions.js';
import { leastBody, type Schema, type Schemas } from './bad-values.js';

/** An operation as the API document tells it, as far as tests are made of it. */
export interface DocumentedOperation {
  parameters?: { in: 'path' | 'query' | 'header'; name: string; schema: Schema }[];
  requestBody?: { content: Record<string, { schema: Schema }> };
}

export interface Operation {
  /** `GET /api/sessions/{id}` */
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly operation: DocumentedOperation;
  /** What the table of routes says about it. */
  readonly access: Access;
}

const DOCUMENT = JSON.parse(readFileSync(join(workspaceRoot(), 'docs/openapi.json'), 'utf8')) as {
  paths: Record<string, Record<string, DocumentedOperation>>;
  components: { schemas: Schemas };
};

/** The schemas that operations refer to. */
export const SCHEMAS = DOCUMENT.components.schemas;

/** Every operation of the API document. */
export const OPERATIONS: readonly Operation[] = Object.entries(DOCUMENT.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([key, operation]) => {
    const method = key.toUpperCase();
    const access = ACCESS_RULES.routes[`${method} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`];
    if (access === undefined)
      throw new Error(`${method} ${path} stands in the document and not among the permissions.`);
    return { name: `${method} ${path}`, method, path, operation, access };
  }),
);

export const OF_APPS = OPERATIONS.filter(({ access }) => access === 'app-key');
export const OF_USERS = OPERATIONS.filter(({ access }) => access !== 'app-key' && access !== 'public');

/** The schema of an operation's body; undefined where it takes none. */
export function bodyOf({ requestBody }: DocumentedOperation): Schema | undefined {
  return requestBody?.content['application/json']?.schema;
}

/** A request that passes the rules of its schema, as far as the document tells them. */
export function leastRequest({ method, operation }: Operation): RequestInit & { headers: Record<string, string> } {
  const body = bodyOf(operation);
  if (!body) return { method, headers: {} };
  return { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(leastBody(body, SCHEMAS)) };
}

/** Does `work` for all of them, some at a time, and gives what came out, in no order. */
export async function forAll<T, R>(all: readonly T[], work: (one: T) => Promise<R>, atOnce = 16): Promise<R[]> {
  const waiting = [...all];
  const results: R[] = [];
  const next = async (): Promise<void> => {
    for (let one = waiting.pop(); one !== undefined; one = waiting.pop()) results.push(await work(one));
  };
  await Promise.all(Array.from({ length: atOnce }, next));
  return results;
}
