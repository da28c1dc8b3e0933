import { checkedKey, isMasked, maskKey } from './api-key.js';
import { keyChangeOf } from './key-change.js';

const STORED = 'v1:sealed';

describe('the mask of a key', () => {
  it('shows its first three and last four characters', () => {
    expect(maskKey('sk-abcdefgh1234')).toBe('sk-…1234');
    expect(maskKey('123456789012')).toBe('123…9012');
  });

  it('shows nothing of a short key, not even how long it is', () => {
    expect(maskKey('12345678901')).toBe('••••');
    expect(maskKey('1')).toBe('••••');
  });

  it.each(['sk-…1234', '••••', 'sk-****1234', 'sk-...1234', '********'])(
    'is known as one when sent back: %s',
    (mask) => {
      expect(isMasked(mask)).toBe(true);
    },
  );

  it.each(['sk-proj-a1.b2_c3', 'bce-v3/ALTAK-x*y/z', 'a'.repeat(512)])('is not seen in a real key: %s', (key) => {
    expect(isMasked(key)).toBe(false);
    expect(checkedKey(key)).toBe(key);
  });
});

describe('a key in an update', () => {
  it.each([undefined, null, '', '   ', 'sk-…1234', '••••'])('keeps the stored one when it is %j', (api_key) => {
    expect(keyChangeOf({ api_key }, STORED)).toEqual({ plain: null, keepsStored: true, has: true });
  });

  it('replaces the stored one, without the blanks around it', () => {
    expect(keyChangeOf({ api_key: ' sk-new ' }, STORED)).toEqual({ plain: 'sk-new', keepsStored: false, has: true });
  });

  it('is removed on request only', () => {
    expect(keyChangeOf({ clear_api_key: true }, STORED)).toEqual({ plain: null, keepsStored: false, has: false });
    expect(keyChangeOf({ clear_api_key: false }, STORED).keepsStored).toBe(true);
    expect(() => keyChangeOf({ api_key: 'sk-new', clear_api_key: true }, STORED)).toThrow(/clear_api_key/);
  });

  it('is refused when it is masked and none is stored, or cannot be sent in a header', () => {
    expect(() => keyChangeOf({ api_key: 'sk-…1234' }, null)).toThrow(/masked/);
    expect(() => keyChangeOf({ api_key: 'sk-\u00e9' }, STORED)).toThrow(/ASCII/);
    expect(() => keyChangeOf({ api_key: 'sk\n1' }, STORED)).toThrow(/ASCII/);
    expect(() => keyChangeOf({ api_key: 'k'.repeat(513) }, STORED)).toThrow(/512/);
  });
});
