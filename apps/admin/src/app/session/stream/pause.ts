/** Waits, but no longer than until the network is back, the page is looked at again, or the signal says stop. */
export function pauseUntilWorthTrying(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(end, ms);
    window.addEventListener('online', end);
    document.addEventListener('visibilitychange', endWhenVisible);
    signal.addEventListener('abort', end);
    if (signal.aborted) end();

    function endWhenVisible(): void {
      if (document.visibilityState === 'visible') end();
    }
    function end(): void {
      clearTimeout(timer);
      window.removeEventListener('online', end);
      document.removeEventListener('visibilitychange', endWhenVisible);
      signal.removeEventListener('abort', end);
      resolve();
    }
  });
}
