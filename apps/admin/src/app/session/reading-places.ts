import { Service } from '@angular/core';
import { guarded } from './drafts.js';

const PREFIX = 'oa.reading.';

/** How far below the top of a message somebody reads. */
export interface ReadingPlace {
  readonly messageId: string;
  readonly offset: number;
}

/** Where one was reading in each session, kept for this tab; nothing for those that were left at their end. */
@Service()
export class ReadingPlaces {
  read(sessionId: string): ReadingPlace | null {
    const kept = guarded(() => sessionStorage.getItem(PREFIX + sessionId));
    return kept === null ? null : (JSON.parse(kept) as ReadingPlace);
  }

  write(sessionId: string, place: ReadingPlace | null): void {
    guarded(() =>
      place === null
        ? sessionStorage.removeItem(PREFIX + sessionId)
        : sessionStorage.setItem(PREFIX + sessionId, JSON.stringify(place)),
    );
  }
}
