/** Text of a server in one line that shows all of itself: no line ends, no invisible characters, no more than `most`. */
export function oneLine(text: string, most: number): string {
  const plain = text.replaceAll(/[\p{C}\p{Z}\s]+/gu, ' ').trim();
  return plain.length <= most ? plain : `${plain.slice(0, most).toWellFormed()}…`;
}

/** The same text without these values, which a server could send back. */
export function withoutValues(text: string, values: readonly string[]): string {
  return values.reduce((left, value) => left.replaceAll(value, '••••'), text);
}

/** The values of secrets as a server could repeat them; short ones are words that stand anywhere. */
export function repeatable(secrets: readonly Readonly<Record<string, string>>[]): string[] {
  const values = secrets.flatMap((one) => Object.values(one));
  const bare = values.map((value) => value.replace(/^(?:Bearer|Basic|Token)\s+/i, ''));
  return [...new Set([...values, ...bare])].filter((value) => value.length >= 6).sort((a, b) => b.length - a.length);
}
