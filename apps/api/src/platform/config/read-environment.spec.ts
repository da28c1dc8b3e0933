import type { Environment } from './environment.js';
import { readEnvironment } from './read-environment.js';
import { StartError } from './start-error.js';

const complaint = (source: Record<string, string>): string => {
  try {
    readEnvironment(source);
  } catch (error) {
    if (error instanceof StartError) return error.message;
    throw error;
  }
  throw new Error('The environment was accepted.');
};

describe('readEnvironment', () => {
  it('needs nothing: every setting is optional or has a default', () => {
    expect({ ...readEnvironment({}) }).toEqual({
      PORT: 8000,
      HOST: '127.0.0.1',
      OPSAGENT_APP_MODE: 'agent-chat',
      OPSAGENT_AUTH: 'on',
      OPSAGENT_OUTBOUND_ALLOW: [],
      OPSAGENT_CONNECT_MS: 10_000,
      OPSAGENT_FIRST_BYTE_MS: 120_000,
      OPSAGENT_IDLE_MS: 60_000,
      OPSAGENT_TOTAL_MS: 600_000,
      OPSAGENT_OIDC_NAME: 'SSO',
      OPSAGENT_OIDC_SCOPES: 'openid email profile',
      OPSAGENT_OIDC_DEFAULT_ROLE: 'none',
      OPSAGENT_PASSWORD_SIGN_IN: 'on',
      OPSAGENT_LOCAL_COMMANDS: 'off',
      OPSAGENT_MCP_STDIO: 'off',
    });
  });

  it('takes a variable set to nothing for one that is not set', () => {
    expect(readEnvironment({ PORT: '', DATABASE_URL: '  ' })).toMatchObject({ PORT: 8000 });
    expect(readEnvironment({ DATABASE_URL: '' }).DATABASE_URL).toBeUndefined();
  });

  it('keeps nothing of the environment but its own settings', () => {
    expect(readEnvironment({ HOME: '/root', AWS_SECRET: 'x' })).not.toHaveProperty('AWS_SECRET');
  });

  it('takes the blanks off a provider’s key, which is somebody else’s setting and keeps nothing from starting', () => {
    expect(readEnvironment({ ARK_API_KEY: ' ark-key\n', OPENAI_API_KEY: 'sk-…' })).toMatchObject({
      ARK_API_KEY: 'ark-key',
      OPENAI_API_KEY: 'sk-…',
    });
    expect(readEnvironment({ ARK_API_KEY: ' ' }).ARK_API_KEY).toBeUndefined();
  });

  it('turns numbers and lists into what the program works with', () => {
    const environment = readEnvironment({
      PORT: '9000',
      OPSAGENT_IDLE_MS: '250',
      OPSAGENT_OUTBOUND_ALLOW: 'Models.internal:8080, [::1]:11434',
    });
    expect(environment).toMatchObject({
      PORT: 9000,
      OPSAGENT_IDLE_MS: 250,
      OPSAGENT_OUTBOUND_ALLOW: [
        { host: 'models.internal', port: 8080 },
        { host: '::1', port: 11_434 },
      ],
    });
  });

  it.each([
    ['1', 1],
    ['loopback, 10.0.0.0/8', ['loopback', '10.0.0.0/8']],
    ['fd00::/8', ['fd00::/8']],
  ])('believes the proxies named as %s', (text, expected) => {
    expect(readEnvironment({ OPSAGENT_TRUST_PROXY: text }).OPSAGENT_TRUST_PROXY).toEqual(expected);
  });

  it.each([
    'postgres://user:pw@db.internal:5432/ops?sslmode=require',
    'postgresql:///ops?host=/run/postgresql',
    'postgres://me@/ops?host=/run',
  ])('accepts the database address %s', (url) => {
    expect(readEnvironment({ DATABASE_URL: url }).DATABASE_URL).toBe(url);
  });

  it.each<[keyof Environment, string]>([
    ['PORT', '80.5'],
    ['PORT', '65536'],
    ['HOST', 'not a host'],
    ['DATABASE_URL', 'mysql://localhost/x'],
    ['OPSAGENT_MASTER_KEY', 'abc'],
    ['OPSAGENT_ADMIN_TOKEN', 'too-short'],
    ['OPSAGENT_APP_KEY', 'app-short'],
    ['OPSAGENT_APP_MODE', 'workflow'],
    ['OPSAGENT_AUTH', 'maybe'],
    ['OPSAGENT_OUTBOUND_ALLOW', 'http://host:80/'],
    ['OPSAGENT_OUTBOUND_ALLOW', 'host:99999'],
    ['OPSAGENT_CONNECT_MS', '-7'],
    ['OPSAGENT_TOTAL_MS', 'long'],
    ['OPSAGENT_TRUST_PROXY', 'yes'],
  ])('refuses %s = %s and does not repeat the value', (name, value) => {
    const words = complaint({ [name]: value });
    expect(words).toContain(`${name} must be`);
    expect(words).not.toContain(value);
  });

  it('names every wrong variable in one sentence', () => {
    const words = complaint({ PORT: 'x', OPSAGENT_APP_MODE: 'x', OPSAGENT_TRUST_PROXY: 'x' });
    for (const name of ['PORT', 'OPSAGENT_APP_MODE', 'OPSAGENT_TRUST_PROXY']) expect(words).toContain(name);
    expect(words).not.toContain('\n');
  });

  it('lets everyone in only on a loopback address', () => {
    expect(readEnvironment({ OPSAGENT_AUTH: 'off', HOST: '::1' }).OPSAGENT_AUTH).toBe('off');
    expect(complaint({ OPSAGENT_AUTH: 'off', HOST: '0.0.0.0' })).toContain('loopback');
  });

  it('wants the administrator’s e-mail address and password together', () => {
    expect(complaint({ OPSAGENT_ADMIN_EMAIL: 'ops@example.com' })).toContain('OPSAGENT_ADMIN_PASSWORD');
    const both = { OPSAGENT_ADMIN_EMAIL: 'ops@example.com', OPSAGENT_ADMIN_PASSWORD: 'correct horse' };
    expect(readEnvironment(both)).toMatchObject(both);
  });
});
