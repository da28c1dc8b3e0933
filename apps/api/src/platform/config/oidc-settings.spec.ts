import { readEnvironment } from './read-environment.js';

const SETTINGS = {
  OPSAGENT_PUBLIC_URL: 'https://ops.example.org',
  OPSAGENT_OIDC_ISSUER: 'https://id.example.org/realms/corp',
  OPSAGENT_OIDC_CLIENT_ID: 'opsagent',
};
const reading = (more: Record<string, string>) => () => readEnvironment({ ...SETTINGS, ...more });

describe('the settings of OpenID Connect', () => {
  it('need an issuer, our name there and our own address', () => {
    expect(reading({})()).toMatchObject({ ...SETTINGS, OPSAGENT_OIDC_DEFAULT_ROLE: 'none' });
    expect(reading({ OPSAGENT_OIDC_CLIENT_ID: '' })).toThrow(
      'OPSAGENT_OIDC_ISSUER and OPSAGENT_OIDC_CLIENT_ID must be set together',
    );
    expect(reading({ OPSAGENT_PUBLIC_URL: '' })).toThrow('OPSAGENT_OIDC_ISSUER needs OPSAGENT_PUBLIC_URL');
    expect(reading({ OPSAGENT_OIDC_ROLE_CLAIM: 'groups' })).toThrow('OPSAGENT_OIDC_ROLES must be set together');
  });

  it('are needed where no password signs anybody in', () => {
    expect(reading({ OPSAGENT_PASSWORD_SIGN_IN: 'off' })().OPSAGENT_PASSWORD_SIGN_IN).toBe('off');
    expect(() => readEnvironment({ OPSAGENT_PASSWORD_SIGN_IN: 'off' })).toThrow(
      'OPSAGENT_PASSWORD_SIGN_IN may be off only with OPSAGENT_OIDC_ISSUER',
    );
    expect(reading({ OPSAGENT_PASSWORD_SIGN_IN: 'no' })).toThrow('OPSAGENT_PASSWORD_SIGN_IN must be on or off');
  });

  it('read which groups have which roles', () => {
    const { OPSAGENT_OIDC_ROLES: rules } = reading({
      OPSAGENT_OIDC_ROLE_CLAIM: 'groups',
      OPSAGENT_OIDC_ROLES: '/it/ops=operator, a=b=admin',
    })();
    expect(rules).toEqual([
      { value: '/it/ops', role: 'operator' },
      { value: 'a=b', role: 'admin' },
    ]);
  });

  it.each(['ops', 'ops=', 'ops=root', '=admin', 'ops=admin,'])('refuse %s as a list of roles', (text) => {
    expect(reading({ OPSAGENT_OIDC_ROLE_CLAIM: 'groups', OPSAGENT_OIDC_ROLES: text })).toThrow(
      'OPSAGENT_OIDC_ROLES must be a comma-separated list',
    );
  });

  it.each([
    'http://id.example.org',
    'https://user:pw@id.example.org',
    'https://id.example.org/?tenant=1',
    'id.example.org',
  ])('refuse %s as an issuer, without repeating it', (issuer) => {
    expect(reading({ OPSAGENT_OIDC_ISSUER: issuer })).toThrow(/OPSAGENT_OIDC_ISSUER must be an https/);
    expect(reading({ OPSAGENT_OIDC_ISSUER: issuer })).not.toThrow(issuer);
  });

  it('take plain HTTP on this machine, where nobody can listen', () => {
    for (const issuer of ['http://localhost:3000', 'http://127.0.0.1', 'http://[::1]:3000/realm'])
      expect(reading({ OPSAGENT_OIDC_ISSUER: issuer })().OPSAGENT_OIDC_ISSUER).toBe(issuer);
  });

  it.each(['https://ops.example.org/console', 'ops.example.org', 'ftp://ops.example.org'])(
    'refuse %s as our own address',
    (address) => {
      expect(reading({ OPSAGENT_PUBLIC_URL: address })).toThrow(
        'OPSAGENT_PUBLIC_URL must be an address without a path',
      );
    },
  );

  it('make nobody an administrator who is named by no rule, and always ask for an identity', () => {
    expect(reading({ OPSAGENT_OIDC_DEFAULT_ROLE: 'admin' })).toThrow('OPSAGENT_OIDC_DEFAULT_ROLE must be one of');
    expect(reading({ OPSAGENT_OIDC_SCOPES: 'email profile' })).toThrow('OPSAGENT_OIDC_SCOPES must be a list of scopes');
  });
});
