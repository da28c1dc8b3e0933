import { hashPassword, isPassword } from './password.js';

describe('passwords', () => {
  it('are known again, and only they', async () => {
    const hash = await hashPassword('correct horse battery');
    expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22}\$[\w+/]{43}$/);
    expect(await isPassword('correct horse battery', hash)).toBe(true);
    expect(await isPassword('correct horse battery ', hash)).toBe(false);
    expect(await isPassword('', hash)).toBe(false);
  });

  it('have another hash each time', async () => {
    expect(await hashPassword('same')).not.toBe(await hashPassword('same'));
  });

  it('may be typed in composed or decomposed letters', async () => {
    expect(await isPassword('cafe\u0301', await hashPassword('caf\u00e9'))).toBe(true);
  });

  it('are never right where there is no hash, or a broken one', async () => {
    for (const hash of [null, '', 'plain text', '$argon2id$v=19$m=19456,t=2,p=1$short'])
      expect(await isPassword('plain text', hash)).toBe(false);
  });
});
