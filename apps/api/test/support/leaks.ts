/** Every way a secret may be written: as it is, as part of an address, in base64 wherever it begins, in hex. */
function spellingsOf(secret: string): string[] {
  const base64 = [0, 1, 2].map((before) => {
    const text = Buffer.from('x'.repeat(before) + secret).toString('base64');
    // The first and last digits depend on what stands around the secret.
    return text.slice(before === 0 ? 0 : 4, -4);
  });
  const spelled = [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1), ...base64];
  return [...new Set([...spelled, ...base64.map(urlSafe), Buffer.from(secret).toString('hex')])];
}

const urlSafe = (base64: string): string => base64.replaceAll('+', '-').replaceAll('/', '_');

/** Where a text holds one of the secrets, by their names. */
export function leaksOf(secrets: Readonly<Record<string, string>>, text: string): string[] {
  return Object.entries(secrets).flatMap(([name, secret]) =>
    spellingsOf(secret)
      .filter((spelling) => text.includes(spelling))
      .map((spelling) => `${name} in …${text.slice(Math.max(0, text.indexOf(spelling) - 120)).slice(0, 240)}`),
  );
}
