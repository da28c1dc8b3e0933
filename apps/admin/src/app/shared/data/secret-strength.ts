/** How well a password or passphrase keeps: in words, from length and variety; the server has the last say. */
export function strengthOf(secret: string): 'short' | 'fair' | 'good' | 'strong' {
  if (secret.length < 12) return 'short';
  const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^a-zA-Z\d]/].filter((kind) => kind.test(secret)).length;
  const score = secret.length + kinds * 3;
  return score >= 28 ? 'strong' : score >= 20 ? 'good' : 'fair';
}
