import type { Role } from '@opsagent/contracts';
import { zhCn } from '../src/app/shared/i18n/zh-cn.js';
import { expect, test } from './support/console.js';

const { nav } = zhCn;
const ALL = [nav.overview, nav.sessions, nav.configs, nav.runbooks];
const OWN = [nav.profile, nav.signIns, nav.tokens, nav.about];
const OPERATED = [nav.sources, nav.mcp];
const KEPT = [nav.users, nav.roles, nav.limits];

/** What each role is led to, and an address that it has no business at. */
const SEES: Record<Role, { rail: string[]; settings: string[]; closed: string | null }> = {
  viewer: { rail: ALL, settings: OWN, closed: '/apps' },
  operator: { rail: [...ALL, nav.apps], settings: [...OWN, ...OPERATED], closed: '/settings/users' },
  approver: { rail: [...ALL, nav.approvals, nav.apps], settings: [...OWN, ...OPERATED], closed: '/audit' },
  auditor: { rail: [...ALL, nav.audit], settings: [...OWN, ...KEPT], closed: '/apps' },
  admin: { rail: [...ALL, nav.approvals, nav.apps, nav.audit], settings: [...OWN, ...OPERATED, ...KEPT], closed: null },
};

// What is closed is refused by the server too, and so is what the page before asks for while its cookie goes.
test.use({ tolerated: /status of 40[13]/ });

test('every role is led to what it may see, and is told what it may not', async ({ console: page, product }) => {
  for (const [role, sees] of Object.entries(SEES)) {
    const body = { email: `${role}-looks@example.org`, role };
    const { invitation } = await product.call<{ invitation: string }>('/api/users', { method: 'POST', body });
    await page.context().clearCookies();
    const data = { invitation, password: 'a long enough password' };
    expect((await page.request.post(`${product.url}/api/auth/invitation`, { data })).ok()).toBe(true);
    await page.goto(`${product.url}/settings/profile`);
    const linksOf = (name: string) => page.getByRole('navigation', { name }).getByRole('link').allInnerTexts();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(nav.profile);
    const rail = (await linksOf(nav.label)).filter((text) => text !== nav.settings && text !== zhCn.product);
    expect([role, rail.sort()]).toEqual([role, [...sees.rail].sort()]);
    expect([role, (await linksOf(nav.settings)).sort()]).toEqual([role, [...sees.settings].sort()]);
    if (sees.closed === null) continue;
    await page.goto(product.url + sees.closed);
    await expect(page.getByRole('main').getByRole('alert')).toBeVisible();
  }
});
