import { InvalidInput } from '../../platform/errors/domain-error.js';
import { HIDDEN } from './api-key.js';
import { hiddenIn, plainHeaders, splitHeaders } from './secret-headers.js';

describe('splitHeaders', () => {
  it.each([
    ['X-Api-Key', 'short'],
    ['api-key', '0123'],
    ['X-Auth', 'a'],
    ['CF-Access-Client-Secret', 'a'],
    ['X-Session-Id', 'a'],
    ['X-Team', 'Bearer abc'],
    ['X-Team', 'basic dXNlcjpwYXNz'],
    ['X-Team', 'gho_16C7e42F292c6912E7710c83'],
  ])('takes %s: %s for a secret', (name, value) => {
    const { extraConfig, entered, kept } = splitHeaders({ headers: { [name]: value } }, null);
    expect({ extraConfig, entered, kept }).toEqual({
      extraConfig: { headers: { [name]: HIDDEN } },
      entered: { [name.toLowerCase()]: value },
      kept: [],
    });
  });

  it.each([
    ['X-Team', 'ops'],
    ['anthropic-version', '2023-06-01'],
    ['HTTP-Referer', 'https://ops.example.org/models/internal'],
    ['X-Title', 'Operations of the northern region'],
  ])('leaves %s: %s to be read', (name, value) => {
    const extra = { seed: 1, headers: { [name]: value } };
    expect(splitHeaders(extra, null)).toEqual({ extraConfig: extra, entered: {}, kept: [] });
  });

  it('keeps what is stored behind a hidden value, whatever case its name is in', () => {
    const stored = { headers: { 'X-Api-Key': HIDDEN, 'x-team': 'ops' } };
    expect(splitHeaders({ headers: { 'x-api-key': HIDDEN, 'x-token': 'new' } }, stored)).toEqual({
      extraConfig: { headers: { 'x-api-key': HIDDEN, 'x-token': HIDDEN } },
      entered: { 'x-token': 'new' },
      kept: ['x-api-key'],
    });
    expect(hiddenIn(stored)).toEqual(['x-api-key']);
    expect(plainHeaders(stored)).toEqual({ 'x-team': 'ops' });
  });

  it('refuses a hidden value where none is stored', () => {
    expect(() => splitHeaders({ headers: { 'X-Team': HIDDEN } }, { headers: { 'X-Team': 'ops' } })).toThrow(
      InvalidInput,
    );
    expect(() => splitHeaders({ headers: { 'X-Api-Key': HIDDEN } }, null)).toThrow(InvalidInput);
  });

  it('leaves settings without headers as they are', () => {
    expect(splitHeaders(null, null).extraConfig).toBeNull();
    expect(splitHeaders({ seed: 1 }, null).extraConfig).toEqual({ seed: 1 });
  });
});
