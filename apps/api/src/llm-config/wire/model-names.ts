/** A gateway in front of everything offers hundreds; more than this nobody looks through. */
const MOST_NAMES = 2000;

/** What a configuration takes as the name of a model. */
const USABLE = /^[^\s\p{Cc}]{1,200}$/u;

/** Whether this is a list of models at all, in OpenAI's shape, Ollama's, or bare. */
export function isModelList(body: unknown): boolean {
  return listIn(body) !== undefined;
}

/** The entries of a list of models by their names, each once, in its order. */
export function modelsIn(body: unknown): Map<string, unknown> {
  const models = new Map<string, unknown>();
  for (const entry of listIn(body) ?? []) {
    const name = nameIn(entry);
    if (name === undefined || !USABLE.test(name) || models.has(name)) continue;
    if (models.set(name, entry).size === MOST_NAMES) break;
  }
  return models;
}

function listIn(body: unknown): unknown[] | undefined {
  if (Array.isArray(body)) return body as unknown[];
  if (typeof body !== 'object' || body === null) return undefined;
  const { data, models } = body as Record<string, unknown>;
  // A server without any model says `null` in some versions of both.
  if (data === null || models === null) return [];
  return [data, models].find((list) => Array.isArray(list));
}

function nameIn(entry: unknown): string | undefined {
  if (typeof entry !== 'object' || entry === null) return undefined;
  const { id, name } = entry as Record<string, unknown>;
  return [id, name].find((value) => typeof value === 'string');
}
