import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { en } from './i18n/en.js';
import { zhCn } from './i18n/zh-cn.js';

const RULES = join(import.meta.dirname, '../../../../api/src/route-permissions.ts');

describe('the permissions that the server knows', () => {
  const block = /const LEAST_ROLE = \{([\s\S]*?)\n\}/.exec(readFileSync(RULES, 'utf8'))?.[1] ?? '';
  const ids = [...block.matchAll(/^ {2}'([a-z_.]+)':/gm)].map((match) => match[1] ?? '');

  it.each([
    ['Chinese', zhCn],
    ['English', en],
  ])('have a text each in %s, and there is none for another', (_language, { permissions }) => {
    const told = Object.entries(permissions).flatMap(([area, deeds]) =>
      Object.keys(deeds).map((deed) => `${area}.${deed}`),
    );
    expect(ids.length).toBeGreaterThan(10);
    expect(told.sort()).toEqual([...ids].sort());
  });
});
