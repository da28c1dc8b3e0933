import type { UserDetailsDto } from '@opsagent/contracts';
import { isLastAdmin, obstacleOf, stateOf } from './user-state.js';

const NOW = Date.parse('2026-01-10T00:00:00Z');
const user = (facts: Partial<UserDetailsDto> = {}): UserDetailsDto => ({
  ...{
    id: 'a',
    email: 'a@example.org',
    name: null,
    role: 'admin',
    is_active: true,
    has_password: true,
    has_totp: false,
    identities: [],
  },
  ...{ sign_ins: 0, tokens: 0, invited_until: null, created_at: '2026-01-01T00:00:00Z', last_seen_at: null },
  ...facts,
});

describe('how it stands with a user', () => {
  it('is told from the invitation until there is a password', () => {
    const invited = { is_active: true, has_password: false, identities: [] };
    expect(stateOf({ ...invited, invited_until: '2026-01-12T00:00:00Z' }, NOW)).toBe('invited');
    expect(stateOf({ ...invited, invited_until: '2026-01-09T00:00:00Z' }, NOW)).toBe('lapsed');
    expect(stateOf({ ...invited, invited_until: null }, NOW)).toBe('lapsed');
    // A new invitation lets a lost password be chosen anew; the old one works until then.
    expect(stateOf(user({ invited_until: '2026-01-12T00:00:00Z' }), NOW)).toBe('active');
    const identities = [{ issuer: 'https://id.example.org', name: null, linked_at: '2026-01-02T00:00:00Z' }];
    expect(stateOf(user({ has_password: false, identities }), NOW)).toBe('active');
    expect(stateOf(user({ is_active: false }), NOW)).toBe('off');
  });
});

describe('what keeps a user as it is', () => {
  const other = user({ id: 'b', role: 'viewer' });
  const admin = { id: 'b', isAdmin: true };

  it('is being the last administrator who can sign in', () => {
    const others = [other, user({ id: 'c', has_password: false }), user({ id: 'd', is_active: false })];
    expect(isLastAdmin(user(), [user(), ...others])).toBe(true);
    expect(isLastAdmin(user(), [user(), user({ id: 'e' })])).toBe(false);
    expect(obstacleOf(user(), [user(), ...others], admin)).toBe('lastAdmin');
  });

  it('is that one may not, or that it is oneself', () => {
    expect(obstacleOf(other, [user(), other], { id: 'z', isAdmin: false })).toBe('needsAdmin');
    expect(obstacleOf(user(), [user(), user({ id: 'e' })], { id: 'a', isAdmin: true })).toBe('oneself');
    expect(obstacleOf(other, [user(), other], { id: 'a', isAdmin: true })).toBeNull();
  });
});
