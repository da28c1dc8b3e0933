import { InvalidInput } from '../../platform/errors/domain-error.js';
import { PROVIDERS } from '../providers/providers.js';
import type { Draft } from './draft.js';
import { requireKeyForNewPlace } from './key-change.js';

type Place = Pick<Draft, 'provider' | 'baseUrl'>;

const at = (baseUrl: string | null, provider: Draft['provider'] = 'openai'): Place => ({ baseUrl, provider });
const check = (before: Place, after: Place): void => requireKeyForNewPlace(before, after as Draft);
const OPENAI = PROVIDERS.openai.defaultBaseUrl ?? '';

describe('a stored key', () => {
  it.each<[string, Place, Place]>([
    ['nothing changed', at('https://a.example/v1'), at('https://a.example/v1')],
    ['only the path changes', at('https://a.example/v1'), at('https://a.example/v2')],
    ['the standard port is written out', at('https://a.example/v1'), at('https://a.example:443/v1')],
    ['the host is written in capitals', at('https://a.example'), at('https://A.EXAMPLE')],
    ['the provider’s own address is written out', at(null), at(OPENAI)],
    ['the provider’s own address is no longer written out', at(OPENAI), at(null)],
  ])('stays when %s', (_what, before, after) => {
    expect(() => check(before, after)).not.toThrow();
  });

  it.each<[string, Place, Place]>([
    ['the host changes', at('https://a.example/v1'), at('https://b.example/v1')],
    ['the scheme is no longer safe', at('https://a.example/v1'), at('http://a.example/v1')],
    ['the scheme changes and the port stays', at('http://a.example:8443'), at('https://a.example:8443')],
    ['the port changes', at('https://a.example/v1'), at('https://a.example:8443/v1')],
    ['a subdomain comes before', at('https://a.example'), at('https://x.a.example')],
    ['the host continues', at('https://a.example'), at('https://a.example.evil.test')],
    ['the host only looks the same', at('https://a.example'), at('https://\u0430.example')],
    ['a dot ends the host', at('https://a.example'), at('https://a.example.')],
    ['the provider’s own address gives way to another', at(null), at('https://a.example/v1')],
    ['another address gives way to the provider’s own', at('https://a.example/v1'), at(null)],
    ['the provider changes and the address stays', at('https://a.example', 'openai'), at('https://a.example', 'vllm')],
    ['the provider changes and with it its own address', at(null, 'openai'), at(null, 'deepseek')],
  ])('has to be entered again when %s', (_what, before, after) => {
    expect(() => check(before, after)).toThrow(InvalidInput);
  });
});
