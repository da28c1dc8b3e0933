import type { SessionDto } from '@opsagent/contracts';

const DAY_MS = 24 * 60 * 60 * 1000;

export type GroupName = 'today' | 'yesterday' | 'week' | 'older';

/** Sessions whose last activity falls into the same stretch of days. */
export interface SessionGroup {
  readonly name: GroupName;
  readonly sessions: readonly SessionDto[];
}

/** Puts sessions, in their order, under the days of the reader's own calendar. */
export function groupedByDay(sessions: readonly SessionDto[], now = new Date()): SessionGroup[] {
  const groups = new Map<GroupName, SessionDto[]>();
  for (const session of sessions) {
    const name = groupOf(new Date(session.updated_at), now);
    groups.set(name, [...(groups.get(name) ?? []), session]);
  }
  return [...groups].map(([name, members]) => ({ name, sessions: members }));
}

function groupOf(moment: Date, now: Date): GroupName {
  const today = new Date(now.getFullYear(), now.getMonth(), now.getDate()).getTime();
  if (moment.getTime() >= today) return 'today';
  if (moment.getTime() >= today - DAY_MS) return 'yesterday';
  return moment.getTime() >= today - 6 * DAY_MS ? 'week' : 'older';
}
