import { remember, remembered } from './remembered.js';

/** What a list showed: a name for the parameters of its address. */
export interface SavedView {
  readonly name: string;
  readonly params: Readonly<Record<string, string>>;
}

export const MOST_VIEWS = 20;

/** The views that a user keeps in this browser; whatever is not understood counts as none. */
export function readViews(key: string): readonly SavedView[] {
  try {
    const kept: unknown = JSON.parse(remembered(key) ?? '[]');
    return Array.isArray(kept) ? kept.filter(isView).slice(0, MOST_VIEWS) : [];
  } catch (cause) {
    if (cause instanceof SyntaxError) return [];
    throw cause;
  }
}

export function writeViews(key: string, views: readonly SavedView[]): void {
  remember(key, views.length > 0 ? JSON.stringify(views) : null);
}

/** A view of the same name is replaced in its place; beyond the limit nothing is added. */
export function withView(views: readonly SavedView[], view: SavedView): readonly SavedView[] {
  const at = views.findIndex(({ name }) => name === view.name);
  if (at >= 0) return views.with(at, view);
  return views.length < MOST_VIEWS ? [...views, view] : views;
}

function isView(entry: unknown): entry is SavedView {
  if (typeof entry !== 'object' || entry === null || !('name' in entry) || !('params' in entry)) return false;
  const { name, params } = entry;
  return typeof name === 'string' && typeof params === 'object' && params !== null;
}
