/**
 * Fetches the code of the page that opens first while the application starts and asks who this is; otherwise the router would
 * ask for one part after the other. A part that does not come is asked for again, and its loss told, by the router.
 */
export function fetchLanding(path: string): void {
  if (/^\/(login|setup)(\/|$)/.test(path)) return;
  const parts: Promise<unknown>[] = [import('./shell/shell.js')];
  if (/^\/(overview)?$/.test(path)) parts.push(import('./overview/overview.routes.js'));
  if (path.startsWith('/sessions')) parts.push(import('./session/session.routes.js'));
  void Promise.allSettled(parts);
}
