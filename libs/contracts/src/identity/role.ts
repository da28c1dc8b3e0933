import { oneOfSet, type ValueOf } from '../field/facts.js';

/** What a user may do; each of the first four includes the ones before it, `auditor` reads everything and changes nothing. */
export const ROLE = oneOfSet('Role', ['viewer', 'operator', 'approver', 'admin', 'auditor']);
export type Role = ValueOf<typeof ROLE>;
