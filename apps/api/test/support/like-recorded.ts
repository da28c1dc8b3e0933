const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const DECIMAL = /^\d+(\.\d+)?$/;
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

/** Where an answer is not like a recorded one: a field too few or too many, another type, null where there was none. */
export function unlike(recorded: unknown, told: unknown, path = '$'): string[] {
  if (Array.isArray(recorded)) return unlikeList(recorded, told, path);
  if (isObject(recorded)) return isObject(told) ? unlikeObject(recorded, told, path) : [`${path}: no object`];
  const [wanted, found] = [kindOf(recorded), kindOf(told)];
  const isNumber = wanted === 'number' && found === 'integer';
  const isText = wanted === 'text' && ['uuid', 'decimal', 'moment', 'empty'].includes(found);
  return wanted === found || isNumber || isText ? [] : [`${path}: ${found} instead of ${wanted}`];
}

function unlikeList(recorded: unknown[], told: unknown, path: string): string[] {
  if (!Array.isArray(told)) return [`${path}: no list`];
  if (recorded.length === 0) return [];
  if (told.length === 0) return [`${path}: empty`];
  return told.flatMap((item, place) => unlike(recorded[0], item, `${path}[${place}]`));
}

/** What was recorded as `{}` may hold anything. */
function unlikeObject(recorded: object, told: object, path: string): string[] {
  const names = Object.keys(recorded);
  if (names.length === 0) return [];
  const known = new Map<string, unknown>(Object.entries(told));
  const missing = names.filter((name) => !known.has(name)).map((name) => `${path}.${name}: missing`);
  const more = [...known.keys()].filter((name) => !names.includes(name)).map((name) => `${path}.${name}: too much`);
  const others = Object.entries(recorded).filter(([name]) => known.has(name));
  return [...missing, ...more, ...others.flatMap(([name, value]) => unlike(value, known.get(name), `${path}.${name}`))];
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  if (typeof value !== 'string') return typeof value;
  if (UUID.test(value)) return 'uuid';
  if (MOMENT.test(value)) return 'moment';
  return DECIMAL.test(value) ? 'decimal' : value === '' ? 'empty' : 'text';
}
