import { namesFrom } from './line-level.js';
import { ignoresCase } from './line-match.js';
import type { LogQuery } from './log-query.js';
import type { ElasticField, LogFields } from './elastic-fields.js';

/** A query as Elasticsearch takes it. */
export type ElasticQuery = Readonly<Record<string, unknown>>;

/** What is looked for, in Elasticsearch's words. */
export function elasticQueryOf(
  query: LogQuery & { sinceMs: number; untilMs: number },
  fields: LogFields,
): ElasticQuery {
  const { words, without, pattern, level, service, labels } = query;
  const message = firstOf(fields.message);
  const filter: ElasticQuery[] = [betweenOf(fields.time, query)];
  filter.push(...words.map((word) => ofMessage(message, word)));
  if (pattern !== undefined) filter.push(ofPattern(fields.message, pattern));
  if (level !== undefined) filter.push(ofLevel(fields, namesFrom(level)));
  if (service !== undefined) filter.push(anyOf(fields.service.map(({ name }) => is(name, service))));
  filter.push(...Object.entries(labels).map(([name, value]) => is(name, value)));
  return { bool: { filter, must_not: without.map((word) => ofMessage(message, word)) } };
}

function betweenOf(time: string, { sinceMs, untilMs }: { sinceMs: number; untilMs: number }): ElasticQuery {
  return { range: { [time]: { gte: new Date(sinceMs).toISOString(), lte: new Date(untilMs).toISOString() } } };
}

/** By its words where there are any, else anywhere in the whole. */
function ofMessage(field: ElasticField | undefined, text: string): ElasticQuery {
  if (field === undefined) return { multi_match: { query: text, type: 'phrase', lenient: true } };
  if (!field.isWhole) return { match_phrase: { [field.name]: text } };
  const value = `*${text.replaceAll(/[\\*?]/g, '\\$&')}*`;
  return { wildcard: { [field.name]: { value, case_insensitive: true } } };
}

/** Lucene's expressions know no anchors and match a whole value; where a message has words only, one word. */
function ofPattern(fields: readonly ElasticField[], pattern: string): ElasticQuery {
  const field = fields.find(({ isWhole }) => isWhole) ?? fields[0] ?? { name: 'message', isWhole: false };
  const bare = pattern.replace(/^\^/, '').replace(/(?<!\\)\$$/, '');
  const before = pattern.startsWith('^') ? '' : '.*';
  const after = pattern.endsWith(`${bare}$`) ? '' : '.*';
  const value = field.isWhole ? `${before}(${bare})${after}` : bare;
  return { regexp: { [field.name]: { value, case_insensitive: ignoresCase(pattern) } } };
}

function ofLevel({ level, message }: LogFields, names: readonly string[]): ElasticQuery {
  const spellings = names.flatMap((name) => [name, name.toUpperCase(), name.charAt(0).toUpperCase() + name.slice(1)]);
  const named = level.map(({ name, isWhole }) =>
    isWhole ? { terms: { [name]: spellings } } : { match: { [name]: { query: names.join(' ') } } },
  );
  if (named.length > 0) return anyOf(named);
  const field = firstOf(message);
  return anyOf(names.map((name) => ofMessage(field, name)));
}

function is(name: string, value: string): ElasticQuery {
  return { match: { [name]: { query: value, operator: 'and' } } };
}

function anyOf(should: readonly ElasticQuery[]): ElasticQuery {
  return should.length === 0 ? { match_none: {} } : { bool: { should, minimum_should_match: 1 } };
}

/** The one that is compared by its words, where there is one. */
function firstOf(fields: readonly ElasticField[]): ElasticField | undefined {
  return fields.find(({ isWhole }) => !isWhole) ?? fields[0];
}
