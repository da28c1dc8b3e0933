import type { PermissionListDto } from '@opsagent/contracts';
import { ACCESS_RULES } from '../src/route-permissions.js';
import { startTestApp, type TestApp } from './support/test-app.js';

describe('roles', () => {
  let server: TestApp;

  beforeEach(async () => {
    server = await startTestApp();
  });

  afterEach(() => server.close());

  it('are told with every permission that the server enforces', async () => {
    const answer = await fetch(`${server.url}/api/roles`, { headers: server.admin.headers });
    const { items, total } = (await answer.json()) as PermissionListDto;
    expect(items.map(({ id }) => id)).toEqual(Object.keys(ACCESS_RULES.leastRole));
    expect(total).toBe(items.length);
    const rolesOf = (id: string) => items.find((item) => item.id === id)?.roles;
    expect(rolesOf('llm_configs.write')).toEqual(['operator', 'approver', 'admin']);
    expect(rolesOf('users.read')).toEqual(['admin', 'auditor']);
  });
});
