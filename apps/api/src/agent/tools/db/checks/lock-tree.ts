import type { Row } from '../../../sources/databases/database-session.js';

/** A connection that waits, or that others wait for. */
export interface LockHolder {
  readonly pid: number;
  readonly blockedBy: readonly number[];
  readonly facts: Row;
}

/** Who holds the others up: at the top those that wait for nobody, below each those that wait for it. */
export interface LockTree {
  readonly pid: number;
  readonly [fact: string]: unknown;
  readonly blocks?: readonly LockTree[];
}

const DEEPEST = 20;

/** Makes trees of waiting connections. A ring, which the server will break as a deadlock, begins somewhere in it. */
export function lockTrees(holders: readonly LockHolder[]): { trees: LockTree[]; waiting: number } {
  const known = new Map(holders.map((holder) => [holder.pid, holder]));
  const told = new Set<number>();
  const treeOf = (pid: number, depth: number): LockTree => {
    told.add(pid);
    const below =
      depth < DEEPEST ? holders.filter(({ pid: one, blockedBy }) => blockedBy.includes(pid) && !told.has(one)) : [];
    const blocks = below.filter(({ pid: one }) => !told.has(one)).map((one) => treeOf(one.pid, depth + 1));
    return { pid, ...known.get(pid)?.facts, ...(blocks.length > 0 && { blocks }) };
  };
  const waiting = holders.filter(({ blockedBy }) => blockedBy.length > 0);
  const roots = holders.filter(
    ({ blockedBy, pid }) => blockedBy.length === 0 && waiting.some((one) => one.blockedBy.includes(pid)),
  );
  const trees = roots.map(({ pid }) => treeOf(pid, 0));
  for (const { pid } of waiting) if (!told.has(pid)) trees.push({ ...treeOf(pid, 0), is_ring: true });
  return { trees, waiting: waiting.length };
}
