import type { ProviderDto } from '@opsagent/contracts';

/** What looks wrong with an address, and the address that was probably meant. */
export interface AddressHint {
  readonly kind: 'doubled' | 'path' | 'version';
  readonly meant: string;
}

/** Null when nothing speaks against the address. */
export function addressHint(typed: string, provider: Pick<ProviderDto, 'addresses' | 'chat_path'>): AddressHint | null {
  const base = typed.trim().replace(/\/+$/, '');
  if (!URL.canParse(base)) return null;
  const { origin, pathname } = new URL(base);
  const doubled = /(\/v\d+)\1+(?=\/|$)/;
  if (doubled.test(pathname)) return { kind: 'doubled', meant: origin + pathname.replace(doubled, '$1') };
  const atHost = provider.addresses.filter(({ url }) => new URL(url).origin === origin);
  const isKnown = atHost.some(({ url }) => base.startsWith(url.replace(/\/+$/, '')));
  if (atHost[0] && !isKnown) return { kind: 'path', meant: atHost[0].url };
  const isBare = pathname === '/' && atHost.length === 0 && provider.chat_path === '/chat/completions';
  return isBare ? { kind: 'version', meant: `${origin}/v1` } : null;
}
