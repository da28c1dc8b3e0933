import { randomBytes } from 'node:crypto';
import { AesSecretBox } from './aes-secret-box.adapter.js';
import { KeyRing } from './key-ring.js';
import { MasterKeyFile } from './master-key-file.js';
import { redact } from './redact.js';
import { SecretUnreadable } from './secret-box.js';

const boxOf = (key = randomBytes(32)) =>
  new AesSecretBox(new KeyRing({ key: key.toString('hex') }, new MasterKeyFile('/nowhere')));
const PLACE = { table: 'llm_configs', row: '3f0c8f9e-9c36-4f5a-8a57-0f1d3c9b2a11', column: 'api_key' };

describe('SecretBox', () => {
  const box = boxOf();

  it.each(['sk-1234567890', '', '密钥 🔑', 'x'.repeat(10_000)])('opens what it sealed', (plain) => {
    expect(box.open(box.seal(plain, PLACE), PLACE)).toBe(plain);
  });

  it('never seals the same text the same way, nor shows any of it', () => {
    const [one, other] = [box.seal('sk-1234567890', PLACE), box.seal('sk-1234567890', PLACE)];
    expect(one).not.toBe(other);
    expect(one).toMatch(/^v1:[\w-]{8}:[\w-]{16}:[\w-]{22}:[\w-]+$/);
    expect(one).not.toContain('1234567890');
  });

  it.each([
    ['table', { ...PLACE, table: 'apps' }],
    ['row', { ...PLACE, row: '00000000-0000-4000-8000-000000000000' }],
    ['column', { ...PLACE, column: 'name' }],
  ])('does not open a text moved to another %s', (_what, elsewhere) => {
    expect(() => box.open(box.seal('secret', PLACE), elsewhere)).toThrow(SecretUnreadable);
  });

  it('does not open with another key', () => {
    expect(() => boxOf().open(box.seal('secret', PLACE), PLACE)).toThrow(SecretUnreadable);
  });

  it('does not open a text that was changed, cut or never sealed', () => {
    const parts = box.seal('secret', PLACE).split(':');
    const changed = (at: number, part: string): string =>
      parts.map((old, index) => (index === at ? part : old)).join(':');
    const bad = ['', 'secret', 'v1', parts.slice(0, 4).join(':'), changed(0, 'v2'), changed(1, 'AAAAAAAA')];
    const worse = [changed(2, 'AAAAAAAAAAAAAAAA'), changed(3, 'AAAA'), changed(3, ''), changed(4, 'AAAAAAAA')];
    for (const text of [...bad, ...worse]) expect(() => box.open(text, PLACE)).toThrow(SecretUnreadable);
  });
});

describe('redact', () => {
  it('takes secrets out wherever they stand, and leaves short words alone', () => {
    expect(redact('key sk-abcd is wrong: sk-abcd', ['sk-abcd', 'is', null, undefined])).toBe('key ••• is wrong: •••');
  });
});
