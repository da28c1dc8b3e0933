import type { SameKeys } from '../../shared/i18n/texts.js';
import type { zhCn } from './zh-cn.js';

export const en: SameKeys<typeof zhCn> = {
  intro: 'What the agent wants to do and may not do unasked waits here for a decision.',
  readOnly: 'These are the requests that your own questions led to. Deciding them needs the role Approver.',
  stateLabel: 'State',
  state: {
    pending: 'Waiting',
    unknown_outcome: 'Outcome unknown',
    all: 'All',
    approved: 'Approved',
    rejected: 'Rejected',
    edited: 'Approved with other arguments',
    expired: 'Expired',
    cancelled: 'Cancelled',
  },
  mine: 'Only from my questions',
  waiting: '{{count}} requests wait for approval',
  unknown: 'Actions whose outcome nobody knows: {{count}}.',
  toUnknown: 'Look at them',
  none: 'Nothing waits for approval',
  noneText:
    'When the agent wants to do something risky, the request appears here with what would be done and the time left.',
  nothing: 'No request matches',
  more: 'Show more',
  one: 'Request for approval',
  toAll: 'All requests',
  policy: {
    minutes: 'A request is over after {{count}} minutes.',
    anyone: 'Approvers may approve what their own questions led to.',
    others: 'What one’s own question led to has to be approved by somebody else.',
    change: 'Change the rules',
    title: 'Rules of approval',
    save: 'Save',
    saved: 'The rules of approval are saved.',
    minutesLabel: 'Time limit in minutes',
    minutesHint: 'From 1 to 1440, for the requests to come.',
    othersLabel: 'Somebody else has to approve what one’s own question led to',
  },
};
