import { Service, signal } from '@angular/core';
import { remember, remembered } from './remembered.js';

const KEY = 'oa.timeZone';

/** In which time zone moments are written; null is the browser's own. */
@Service()
export class TimeZone {
  private readonly chosen = signal(known(remembered(KEY)));
  readonly choice = this.chosen.asReadonly();

  use(zone: string | null): void {
    this.chosen.set(known(zone));
    remember(KEY, zone);
  }
}

/** What this browser can write times in; another one may have known more. */
function known(zone: string | null): string | null {
  if (zone === null) return null;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
