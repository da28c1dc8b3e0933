import { redacted } from './redacted.js';

describe('redacted', () => {
  it.each([
    ['Authorization: Bearer ops-abcdefgh12345678', 'ops-abcdefgh12345678'],
    ['invalid key sk-proj-abcdef123456 given', 'sk-proj-abcdef123456'],
    ['app-abcdefghijklmnopqrstuvwx is unknown', 'app-abcdefghijklmnopqrstuvwx'],
    ['{"api_key":"plain-secret-value"}', 'plain-secret-value'],
    ['cookie: __Host-opsagent=abcdef', '__Host-opsagent=abcdef'],
    ['postgres://opsagent:pass%20word@db:5432/ops', 'pass%20word'],
    ['https://plain-secret-value@models.example.org/v1 refused', 'plain-secret-value'],
    ['GET https://models.example.org/v1?key=plain-secret-value failed', 'plain-secret-value'],
    ['invalid input syntax for type uuid: "plain-secret-value"', 'plain-secret-value'],
    ['Key (email)=(plain-secret-value) already exists.', 'plain-secret-value'],
    ['Failing row contains (1, plain-secret-value, null).', 'plain-secret-value'],
  ])('takes the credential out of %s', (text, secret) => {
    expect(redacted(text)).toContain('[redacted]');
    expect(redacted(text)).not.toContain(secret);
  });

  it('leaves ordinary sentences alone', () => {
    const text = 'The database opsagent at db.example.org:5432 does not answer (ECONNREFUSED).';
    expect(redacted(text)).toBe(text);
  });
});
