/** Takes given secrets out of a text that somebody else wrote, before it is shown or stored. */
export function redact(text: string, secrets: readonly (string | null | undefined)[]): string {
  const known = secrets.filter((secret): secret is string => typeof secret === 'string' && secret.length >= 4);
  return known.reduce((safe, secret) => safe.replaceAll(secret, '•••'), text);
}
