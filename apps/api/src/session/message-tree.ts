/** Stored as the parent of a new version of a session's first turn: it follows nothing. */
export const BEGINNING = '00000000-0000-0000-0000-000000000000';

/** What the tree needs of a message. */
export interface TreeRow {
  id: string;
  /** Null: it follows whatever was there before it. */
  parentId: string | null;
}

/**
 * The turns of a session as a tree: a turn that was asked again has several versions, which follow the same message.
 * A line is one way through it, from the first turn to a last one.
 */
export class MessageTree {
  private readonly parents = new Map<string, string | null>();
  private readonly children = new Map<string | null, string[]>();
  private readonly ids: readonly string[];

  /** @param rows all messages of the session, oldest first. */
  constructor(rows: readonly TreeRow[]) {
    this.ids = rows.map(({ id }) => id);
    rows.forEach(({ id, parentId }, index) => {
      const parent = parentId === BEGINNING ? null : (parentId ?? this.ids[index - 1] ?? null);
      this.parents.set(id, parent);
      const siblings = this.children.get(parent);
      if (siblings) siblings.push(id);
      else this.children.set(parent, [id]);
    });
  }

  has(id: string): boolean {
    return this.parents.has(id);
  }

  /** The message that `id` follows; null for a first one. */
  parentOf(id: string): string | null {
    return this.parents.get(id) ?? null;
  }

  /** All messages that follow the same one as `id`, oldest first. */
  versionsOf(id: string): readonly string[] {
    return this.children.get(this.parentOf(id)) ?? [];
  }

  /** From the first turn to `id`. */
  lineTo(id: string): string[] {
    const line: string[] = [];
    for (let at: string | null = id; at !== null; at = this.parentOf(at)) line.push(at);
    return line.reverse();
  }

  /** The line to the newest message that comes after `id` on some way; all of it when `id` is left out. */
  lineThrough(id?: string): string[] {
    const newest = id === undefined ? this.ids.at(-1) : this.newestAfter(id);
    return newest === undefined ? [] : this.lineTo(newest);
  }

  private newestAfter(id: string): string {
    const after = new Set([id]);
    let newest = id;
    // A message is always younger than the one it follows.
    for (const candidate of this.ids) {
      const parent = this.parentOf(candidate);
      if (parent === null || !after.has(parent)) continue;
      after.add(candidate);
      newest = candidate;
    }
    return newest;
  }
}
