const PREFIX = 'oa.draft.';

/** What was typed into a form of this tab before the page was loaded anew; null when nothing was kept. */
export function keptDraft<T extends object>(key: string): Partial<T> | null {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(PREFIX + key) ?? 'null');
    return typeof kept === 'object' ? kept : null;
  } catch (cause) {
    if (cause instanceof DOMException || cause instanceof SyntaxError) return null;
    throw cause;
  }
}

/** Keeps a draft for this tab only. Never for secrets: the caller leaves them out. */
export function keepDraft(key: string, draft: object): void {
  write(() => sessionStorage.setItem(PREFIX + key, JSON.stringify(draft)));
}

export function forgetDraft(key: string): void {
  write(() => sessionStorage.removeItem(PREFIX + key));
}

/** Where storage is closed to us, a draft is not kept; that is no fault worth a message. */
function write(work: () => void): void {
  try {
    work();
  } catch (cause) {
    if (!(cause instanceof DOMException)) throw cause;
  }
}
