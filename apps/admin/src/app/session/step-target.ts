/** What tools call whatever they are asked about, the most telling first. */
const NAMES = ['target', 'source', 'host', 'url', 'service', 'path'];

const MOST_GIST = 120;
/** The first half of a character that was cut in two. */
const HALF = /[\ud800-\udbff]$/;

/** What a call is made to, as its arguments name it; empty where they do not. */
export function stepTarget(input: string): string {
  const facts = read(input);
  const found = NAMES.map((name) => facts[name]).find((value) => typeof value === 'string' && value !== '');
  return typeof found === 'string' ? found : '';
}

/** What is asked of it, in few words: the other arguments that are short and plain; empty where there are none. */
export function stepGist(input: string): string {
  const facts = read(input);
  const target = NAMES.find((name) => typeof facts[name] === 'string' && facts[name] !== '');
  const words = Object.entries(facts).flatMap(([name, value]) => (name === target ? [] : wordsOf(value)));
  const gist = words.join(' · ').replaceAll(/\s+/g, ' ');
  return gist.length > MOST_GIST ? `${gist.slice(0, MOST_GIST).replace(HALF, '')}…` : gist;
}

function wordsOf(value: unknown): string[] {
  if (typeof value === 'string') return value.trim() === '' ? [] : [value];
  if (typeof value === 'number') return [String(value)];
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return [value.join(' ')];
  return [];
}

function read(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch (cause) {
    if (cause instanceof SyntaxError) return {};
    throw cause;
  }
}
