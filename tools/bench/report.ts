import { type Row, ROWS } from './rows.ts';
import type { Figures } from './statistics.ts';
import { TARGET_NAMES, type TargetName } from './target.ts';

const NOTHING = '';

/** @returns the figures as a Markdown table, without the rows that were not measured. */
export function tableOf(figures: Figures): string {
  const lines = ROWS.filter((row) => figures.median(row.id, 'OpsAgent') !== undefined).map((row) =>
    lineOf(row, figures),
  );
  const head = ['', ...TARGET_NAMES, 'goal', 'reached'];
  return [head, head.map((_, index) => (index === 0 ? '---' : '--:')), ...lines].map(joined).join('\n');
}

/** @returns the document with new text between a section's markers. @throws Error when it has none. */
export function withFigures(document: string, text: string, section = 'figures'): string {
  const [first, last] = [`<!-- ${section}: begin -->`, `<!-- ${section}: end -->`];
  const begin = document.indexOf(first);
  const end = document.indexOf(last);
  if (begin < 0 || end < begin) throw new Error(`the document has no lines "${first}" and "${last}"`);
  return `${document.slice(0, begin + first.length)}\n\n${text}\n\n${document.slice(end)}`;
}

function lineOf(row: Row, figures: Figures): string[] {
  const direct = figures.median(row.id, 'direct') ?? 0;
  const figure = (target: TargetName): number | undefined => {
    if (row.isAdded && target === 'direct') return undefined;
    const value = figures.median(row.id, target);
    return row.isAdded && value !== undefined ? value - direct : value;
  };
  const cells = TARGET_NAMES.map((target) => numberText(figure(target), row.digits));
  return [row.label, ...cells, goalText(row.goal), reachedText(row.goal, figure)];
}

function goalText(goal: Row['goal']): string {
  if (!goal) return NOTHING;
  if ('atLeast' in goal) return `≥ ${goal.atLeast}× ${goal.of === 'direct' ? 'direct' : 'proxy'}`;
  const limit = `≤ ${goal.atMost.toLocaleString('en')}`;
  return goal.timesProxy === undefined ? limit : `${limit} or ${goal.timesProxy}× proxy`;
}

function reachedText(goal: Row['goal'], figure: (target: TargetName) => number | undefined): string {
  if (!goal) return NOTHING;
  if ('atLeast' in goal)
    return (figure('OpsAgent') ?? 0) >= goal.atLeast * (figure(goal.of) ?? Infinity) ? 'yes' : 'no';
  const [value = Infinity, proxy = 0] = [figure('OpsAgent'), figure('raw proxy')];
  if (value <= goal.atMost) return 'yes';
  return goal.timesProxy !== undefined && value <= goal.timesProxy * proxy ? 'by ratio' : 'no';
}

function numberText(value: number | undefined, digits: number): string {
  if (value === undefined) return NOTHING;
  return value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

function joined(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}
