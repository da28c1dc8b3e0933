/** Reads a PostgreSQL address; nothing for what is none. Its host may be empty, also after a user: a socket is in `?host=`. */
export function parsePostgresUrl(text: string): URL | undefined {
  if (!/^postgres(ql)?:\/\//.test(text)) return undefined;
  return URL.parse(text) ?? URL.parse(text.replace('@/', '@localhost/')) ?? undefined;
}

/** The host, or the folder of the socket. */
export function postgresHost({ hostname, searchParams }: URL): string {
  return searchParams.get('host') ?? (hostname || 'localhost');
}
