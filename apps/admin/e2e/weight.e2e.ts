import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from '@playwright/test';

const BUILT = resolve(import.meta.dirname, '../../../dist/admin/browser');
const KB = 1000;

const weigh = (files: string[]): number =>
  files.reduce((sum, file) => sum + gzipSync(readFileSync(join(BUILT, file))).length, 0);

/** What start.js asks for beside the chunks that the page names itself. */
function firstChunks(): Record<string, string[]> {
  const index = readFileSync(join(BUILT, 'index.html'), 'utf8');
  const [, written = ''] = /<meta name="oa-first-chunks" content='([^']+)'/.exec(index) ?? [];
  return JSON.parse(written) as Record<string, string[]>;
}

test('what loads first weighs at most 150 kB, everything at most 900 kB', () => {
  const index = readFileSync(join(BUILT, 'index.html'), 'utf8');
  const named = [...index.matchAll(/(?:src|href)="([^"]+\.(?:js|css))"/g)].map((match) => match[1]);
  expect(weigh(named) / KB).toBeGreaterThan(100);
  expect(weigh(named) / KB).toBeLessThan(150);
  expect(weigh(readdirSync(BUILT).filter((name) => name.endsWith('.js'))) / KB).toBeLessThan(900);
});

test('a first page needs few files, since each costs a slow line its latency', () => {
  const parts = firstChunks();
  for (const page of ['/login', '/overview', '/sessions', '/configs'])
    expect([page, [...parts['shell'], ...parts[page]].length <= 20]).toEqual([page, true]);
});

test('the first pages name their code for start.js, and it is there', () => {
  const parts = firstChunks();
  for (const part of ['zh-CN', 'en', 'shell', '/login', '/overview', '/sessions en', '/configs zh-CN'])
    expect(parts[part]?.length).toBeGreaterThan(0);
  const there = readdirSync(BUILT);
  for (const chunk of Object.values(parts).flat()) expect(there).toContain(chunk);
});

test('the page names no other host and holds no script of its own', () => {
  const index = readFileSync(join(BUILT, 'index.html'), 'utf8');
  expect(index).not.toMatch(/https?:\/\//);
  expect(index).not.toMatch(/<script(?![^>]*\ssrc=)/);
});

test('pages for development stay out of the product', () => {
  const scripts = readdirSync(BUILT).filter((name) => name.endsWith('.js'));
  expect(scripts.filter((name) => readFileSync(join(BUILT, name), 'utf8').includes('dev/states'))).toEqual([]);
  expect(scripts.filter((name) => readFileSync(join(BUILT, name), 'utf8').includes('oa-states-page'))).toEqual([]);
});
