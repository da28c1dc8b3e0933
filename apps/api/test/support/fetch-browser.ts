/** As much of a browser as signing in needs: cookies by host, redirects, forms. */
export class FetchBrowser {
  private readonly jars = new Map<string, Map<string, string>>();

  /** @param places addresses that are somewhere else than they say, by their origins */
  constructor(private readonly places: Readonly<Record<string, string>> = {}) {}

  /** Sends one request and follows nothing. */
  async send(address: string, init: RequestInit = {}): Promise<Response> {
    const url = this.placed(address);
    const jar = this.jarOf(url);
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { ...(init.headers as Record<string, string>), ...(cookie !== '' && { cookie }) };
    const response = await fetch(url, { ...init, headers, redirect: 'manual' });
    for (const line of response.headers.getSetCookie()) keep(jar, line);
    return response;
  }

  /** Follows redirects up to the first address that `isEnd` knows, which is not opened, or the first page. */
  async follow(address: string, isEnd: (url: URL) => boolean): Promise<{ url: URL; response?: Response }> {
    for (let [url, hops] = [new URL(address), 0]; hops < 20; hops += 1) {
      if (isEnd(url)) return { url };
      const response = await this.send(url.href);
      const location = response.headers.get('location');
      if (location === null) return { url, response };
      url = new URL(location, url);
    }
    throw new Error(`${address} leads round in a circle.`);
  }

  /** Submits the first form of a page. @returns where that leads */
  async submit(page: { url: URL; response?: Response }, fields: Record<string, string>): Promise<string> {
    const html = (await page.response?.text()) ?? '';
    const action = /<form[^>]* action="([^"]+)"/.exec(html)?.[1];
    if (!action) throw new Error(`There is no form at ${page.url.href}: ${html.slice(0, 300)}`);
    const body = new URLSearchParams(fields);
    for (const [, name = '', value = ''] of html.matchAll(/type="hidden" name="(\w+)" value="(\w+)"/g))
      body.set(name, value);
    const response = await this.send(new URL(action, page.url).href, { method: 'POST', body });
    return new URL(response.headers.get('location') ?? '', page.url).href;
  }

  cookies(address: string): ReadonlyMap<string, string> {
    return this.jarOf(this.placed(address));
  }

  private placed(address: string): URL {
    const url = new URL(address);
    return new URL(url.pathname + url.search, this.places[url.origin] ?? url.origin);
  }

  private jarOf({ host }: URL): Map<string, string> {
    const jar = this.jars.get(host) ?? new Map<string, string>();
    this.jars.set(host, jar);
    return jar;
  }
}

function keep(jar: Map<string, string>, line: string): void {
  const [pair = ''] = line.split(';');
  const at = pair.indexOf('=');
  const value = pair.slice(at + 1);
  if (value === '') jar.delete(pair.slice(0, at));
  else jar.set(pair.slice(0, at), value);
}
