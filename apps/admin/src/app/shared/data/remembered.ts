/** Reads what an earlier visit left; null where storage is closed to us (private windows, policies). */
export function remembered(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch (cause) {
    if (cause instanceof DOMException) return null;
    throw cause;
  }
}

/** Keeps a preference for the next visit; losing it is no fault worth a message. Never for secrets. */
export function remember(key: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch (cause) {
    if (!(cause instanceof DOMException)) throw cause;
  }
}
