export function inMegabytes(bytes: number): number {
  return Math.round(bytes / 1024 / 1024);
}

/** `name: 123 kB` or `name 123`, line by line, as in many files of /proc. */
export function numbersIn(text = ''): ReadonlyMap<string, number> {
  const pairs = text.split('\n').flatMap((line) => {
    const [, name, value] = /^([^\s:]+):?\s+(-?\d+)/.exec(line) ?? [];
    return name === undefined ? [] : [[name, Number(value)] as const];
  });
  return new Map(pairs);
}

/** A share in percent, with one digit after the point. */
export function percent(part: number, whole: number): number {
  return whole <= 0 ? 0 : Math.round((part / whole) * 1000) / 10;
}

/** How much of the last 10, 60 and 300 seconds something had to wait: a file of /proc/pressure. */
export function pressureIn(text: string | undefined): Record<string, number> | undefined {
  const line = text?.split('\n').find((one) => one.startsWith('some '));
  if (line === undefined) return undefined;
  const found = [...line.matchAll(/(avg\d+)=([\d.]+)/g)].map(([, name = '', value]) => [name, Number(value)] as const);
  return Object.fromEntries(found);
}
