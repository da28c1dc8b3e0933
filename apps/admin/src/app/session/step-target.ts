/** What tools call whatever they are asked about, the most telling first. */
const NAMES = ['target', 'source', 'host', 'url', 'service', 'path'];

/** What a call is made to, as its arguments name it; empty where they do not. */
export function stepTarget(input: string): string {
  const facts = read(input);
  const found = NAMES.map((name) => facts[name]).find((value) => typeof value === 'string' && value !== '');
  return typeof found === 'string' ? found : '';
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
