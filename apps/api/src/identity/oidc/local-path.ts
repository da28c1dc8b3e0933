const LONGEST = 500;

/** Stands for this server: what is resolved against it and stays there is a path of ours. */
const HERE = 'http://here.invalid';

/** A page of the console that was asked for; the first one where it is anything else. */
export function localPath(asked: unknown): string {
  if (typeof asked !== 'string' || asked.length > LONGEST || !asked.startsWith('/')) return '/';
  const url = URL.parse(asked, HERE);
  if (url?.origin !== HERE) return '/';
  // Resolving may leave two slashes at the front (`/.//elsewhere`), which a browser takes for another site.
  return `/${url.pathname.replace(/^\/+/, '')}${url.search}${url.hash}`;
}
