import { accessDraftOf, accessInput, FOR_ALL } from './access-draft.js';

describe('who may use a configuration, in the form', () => {
  it('is sent with what counts under its scope alone', () => {
    const chosen = { roles: ['auditor', 'viewer'], emails: ['a@example.org'] } as const;
    expect(accessInput({ ...chosen, scope: 'all' })).toEqual({ scope: 'all' });
    expect(accessInput({ ...chosen, scope: 'roles' })).toEqual({ scope: 'roles', roles: ['viewer', 'auditor'] });
    expect(accessInput({ ...chosen, scope: 'users' })).toEqual({ scope: 'users', user_emails: ['a@example.org'] });
  });

  it('is everybody where the details are not known', () => {
    expect(accessDraftOf({} as never)).toEqual(FOR_ALL);
  });
});
