/** How many wrong letters still count as a slip. */
const MOST_SLIPS = 3;

/** The model that was probably meant; null when the name is one of the list, or like none of them. */
export function nearestModel(name: string, models: readonly string[]): string | null {
  const typed = name.trim().toLowerCase();
  if (!typed || models.includes(name.trim())) return null;
  const near = models
    .map((model) => ({ model, slips: slipsBetween(typed, model.toLowerCase()) }))
    .sort((left, right) => left.slips - right.slips)[0];
  return near && near.slips <= Math.min(MOST_SLIPS, typed.length / 2) ? near.model : null;
}

/** The edit distance of Levenshtein. */
function slipsBetween(left: string, right: string): number {
  let before = Array.from({ length: right.length + 1 }, (_, at) => at);
  for (let row = 1; row <= left.length; row++) {
    const line = [row];
    for (let at = 1; at <= right.length; at++) {
      const changed = (before[at - 1] ?? 0) + (left[row - 1] === right[at - 1] ? 0 : 1);
      line.push(Math.min(changed, (before[at] ?? 0) + 1, (line[at - 1] ?? 0) + 1));
    }
    before = line;
  }
  return before[right.length] ?? 0;
}
