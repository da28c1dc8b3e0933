const DEEPEST = 8;

/** What keeps JSON out of the database or makes it a danger to whoever walks it; undefined when nothing does. */
export function harmOf(value: unknown, depth = 0): string | undefined {
  if (typeof value === 'string') return harmOfText(value);
  if (typeof value !== 'object' || value === null) return undefined;
  if (depth >= DEEPEST) return `must not be nested deeper than ${DEEPEST} levels`;
  for (const [name, inner] of Object.entries(value)) {
    const harm = harmOfText(name) ?? harmOf(inner, depth + 1);
    if (harm !== undefined) return harm;
  }
  return undefined;
}

/** PostgreSQL stores neither NUL nor half of a surrogate pair. */
function harmOfText(text: string): string | undefined {
  if (text.includes('\0')) return 'must not contain NUL characters';
  return text.isWellFormed() ? undefined : 'must be valid Unicode';
}
