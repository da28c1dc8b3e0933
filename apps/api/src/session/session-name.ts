const LONGEST = 60;

/** A name for a session that has none: how its first question begins, on one line. */
export function sessionNameFrom(query: string): string {
  const characters = [
    ...query
      .slice(0, 4 * LONGEST)
      .replace(/\s+/g, ' ')
      .trim(),
  ];
  return characters.length > LONGEST ? `${characters.slice(0, LONGEST - 1).join('')}…` : characters.join('');
}
