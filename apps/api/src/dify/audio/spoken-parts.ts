/** Speech services take no longer texts; OpenAI's takes 4096 characters. */
const LONGEST = 3_500;

/** Where a speaker pauses, best places first. */
const PAUSES = ['\n', '.!?。！？…；;', ',，、 '];

/** A text in parts short enough to be spoken, cut where a speaker pauses. */
export function spokenParts(text: string): string[] {
  const parts: string[] = [];
  let rest = text.trim();
  while (rest.length > LONGEST) {
    const end = cutIn(rest.slice(0, LONGEST));
    parts.push(rest.slice(0, end).trim());
    rest = rest.slice(end).trim();
  }
  return [...parts, rest].filter((part) => part !== '');
}

/** Behind the last pause of the second half; else anywhere but inside a character. */
function cutIn(head: string): number {
  for (const marks of PAUSES) {
    const last = Math.max(...[...marks].map((mark) => head.lastIndexOf(mark)));
    if (last >= head.length / 2) return last + 1;
  }
  return /[\ud800-\udbff]$/.test(head) ? head.length - 1 : head.length;
}
