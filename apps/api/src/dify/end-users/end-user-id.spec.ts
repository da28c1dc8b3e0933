import { endUserId } from './end-user-id.js';

describe('the id of an end user', () => {
  it('is a UUID that is always the same for the same user of the same app', () => {
    const id = endUserId('app', 'user');
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(endUserId('app', 'user')).toBe(id);
  });

  it('differs between users, and between apps', () => {
    const ids = [endUserId('a', 'u'), endUserId('a', 'U'), endUserId('b', 'u'), endUserId('a', '')];
    expect(new Set(ids).size).toBe(4);
  });
});
