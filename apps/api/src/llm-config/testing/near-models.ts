const MOST = 3;

/** The names that are most like this one, best first; none that share too little with it. */
export function nearModels(name: string, models: readonly string[]): string[] {
  const wanted = name.toLowerCase();
  return models
    .map((model) => ({ model, likeness: likenessOf(wanted, model.toLowerCase()) }))
    .filter(({ likeness }) => likeness >= 0.5)
    .sort((left, right) => right.likeness - left.likeness)
    .slice(0, MOST)
    .map(({ model }) => model);
}

/** The share of pairs of letters that both have (Dice's coefficient), from 0 to 1. */
function likenessOf(left: string, right: string): number {
  const [pairs, others] = [pairsOf(left), pairsOf(right)];
  if (pairs.size === 0 || others.size === 0) return left === right ? 1 : 0;
  const shared = [...pairs].filter((pair) => others.has(pair)).length;
  return (2 * shared) / (pairs.size + others.size);
}

function pairsOf(text: string): Set<string> {
  return new Set(Array.from({ length: Math.max(0, text.length - 1) }, (_, at) => text.slice(at, at + 2)));
}
