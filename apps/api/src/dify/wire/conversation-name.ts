const UNNAMED = 'New conversation';
const LONGEST_FIRST = 20;
const LONGEST_TITLE = 50;
const CUT_TITLE = 47;

/** A new conversation's name: the beginning of its first question. Counts characters, never half of one. */
export function firstName(query: string): string {
  if (query.trim() === '') return UNNAMED;
  const cut = beginning(query, LONGEST_FIRST);
  return cut === query ? query : `${cut}…`;
}

/** The title made from the first question alone. */
export function titleOf(query: string): string {
  const line = query.replaceAll(/\s+/g, ' ').trim();
  if (line === '') return UNNAMED;
  return beginning(line, LONGEST_TITLE) === line ? line : `${beginning(line, CUT_TITLE)}...`;
}

function beginning(text: string, characters: number): string {
  // A character is at most two units: no need to take a long question apart.
  return [...text.slice(0, characters * 2)].slice(0, characters).join('');
}
