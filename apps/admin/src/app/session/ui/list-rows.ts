import type { SessionDto } from '@opsagent/contracts';

const DAY_MS = 24 * 60 * 60 * 1000;

export type GroupName = 'pinned' | 'today' | 'yesterday' | 'week' | 'older';

/** A row of the list, with its height in px: a heading over a stretch of days, or a session. */
export type ListRow =
  | { readonly kind: 'heading'; readonly group: GroupName; readonly height: number }
  | { readonly kind: 'session'; readonly session: SessionDto; readonly height: number };

const HEADING_HEIGHT = 36;
const SESSION_HEIGHT = 52;
const FOUND_HEIGHT = 72;

/** Puts sessions, in their order, under headings: the pinned ones, then the days of the reader's own calendar. */
export function listRows(sessions: readonly SessionDto[], now = new Date()): readonly ListRow[] {
  const rows: ListRow[] = [];
  let last: GroupName | null = null;
  for (const session of sessions) {
    const group = groupOf(session, now);
    if (group !== last) rows.push({ kind: 'heading', group, height: HEADING_HEIGHT });
    last = group;
    rows.push({ kind: 'session', session, height: session.excerpt === null ? SESSION_HEIGHT : FOUND_HEIGHT });
  }
  return rows;
}

function groupOf({ pinned_at, excerpt, updated_at }: SessionDto, now: Date): GroupName {
  // What a search finds stands by its day alone.
  if (pinned_at !== null && excerpt === null) return 'pinned';
  const moment = Date.parse(updated_at);
  const today = new Date(now.getFullYear(), now.getMonth(), now.getDate()).getTime();
  if (moment >= today) return 'today';
  if (moment >= today - DAY_MS) return 'yesterday';
  return moment >= today - 6 * DAY_MS ? 'week' : 'older';
}
