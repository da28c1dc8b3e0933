import { Service } from '@angular/core';

const PREFIX = 'oa.draft.';

/** Questions typed but not sent, kept for this tab; one for each session and one for a new session. */
@Service()
export class Drafts {
  read(place: string): string {
    return guarded(() => sessionStorage.getItem(PREFIX + place)) ?? '';
  }

  write(place: string, text: string): void {
    guarded(() =>
      text === '' ? sessionStorage.removeItem(PREFIX + place) : sessionStorage.setItem(PREFIX + place, text),
    );
  }
}

/** Storage may be closed to us or full; a draft is worth no error message. */
export function guarded<T>(use: () => T): T | null {
  try {
    return use();
  } catch (cause) {
    if (cause instanceof DOMException) return null;
    throw cause;
  }
}
