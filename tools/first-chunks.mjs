// Usage: node tools/first-chunks.mjs, after the console is bundled
// Merges the chunks that come together and writes into index.html which of them each first page and language needs, so that
// start.js can ask for all of them at once; otherwise the browser learns of one only after it has run the one before.
// Beside every script and style lies a compressed copy at the end. Reads dist/admin-bundle, writes dist/admin.
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { chunkOf, closureOf } from './chunk-graph.mjs';
import { mergeChunks } from './merge-chunks.mjs';
import { root } from './workspace.mjs';

const APP = 'apps/admin/src/app';
const MAIN = 'apps/admin/src/main.ts';

/** Where an address begins, its code, and the folder of its texts. */
const PAGES = {
  '/login': [['identity/login-page.ts'], 'identity'],
  '/setup': [['setup/setup.routes.ts'], 'setup'],
  '/overview': [['overview/overview.routes.ts'], 'overview'],
  '/sessions': [['session/session.routes.ts', 'session/sessions-page.ts'], 'session'],
  '/configs': [['llm-config/llm-config.routes.ts'], 'llm-config'],
  '/apps': [['dify-app/dify-app.routes.ts'], 'dify-app'],
};
const LANGUAGES = ['zh-CN', 'en'];

/** What start.js looks up: a language, the frame around the pages, a page, and a page in a language. */
const PARTS = {
  shell: ['shell/shell.ts'],
  ...Object.fromEntries(LANGUAGES.map((language) => [language, [textsOf('shared', language)]])),
  ...Object.fromEntries(Object.entries(PAGES).map(([page, [sources]]) => [page, sources])),
  ...Object.fromEntries(
    Object.entries(PAGES).flatMap(([page, [, folder]]) =>
      LANGUAGES.map((language) => [`${page} ${language}`, [textsOf(folder, language)]]),
    ),
  ),
};
const sourcesOf = (part) => PARTS[part].map((source) => `${APP}/${source}`);

const bundled = join(root, 'dist/admin-bundle');
const built = join(root, 'dist/admin');
rmSync(built, { recursive: true, force: true });
cpSync(bundled, built, { recursive: true });
const files = join(built, 'browser');
const { outputs } = JSON.parse(readFileSync(join(built, 'browser-stats.json'), 'utf8'));
const merged = await mergeChunks(files, outputs, MAIN, ['shell', ...Object.keys(PAGES)].map(sourcesOf));

const main = chunkOf(merged, MAIN);
const initial = closureOf(merged, [main]);
const parts = Object.fromEntries(
  Object.keys(PARTS).map((name) => {
    const chunks = closureOf(
      merged,
      sourcesOf(name).map((source) => chunkOf(merged, source)),
    );
    return [name, [...chunks].filter((chunk) => !initial.has(chunk))];
  }),
);
const preloads = [...initial]
  .filter((chunk) => chunk !== main)
  .map((chunk) => `<link rel="modulepreload" href="${chunk}" />`);
const meta = `<meta name="oa-first-chunks" content='${JSON.stringify(parts)}' />`;
const page = join(files, 'index.html');
const html = readFileSync(page, 'utf8')
  .replaceAll(/<link rel="modulepreload"[^>]*>/g, '')
  .replace(chunkOf(outputs, MAIN), main);
const start = '<script src="start.js">';
writeFileSync(page, html.replace(start, [...preloads, meta, start].join('')));

for (const name of readdirSync(files).filter((file) => /\.(js|css|svg)$/.test(file)))
  writeFileSync(join(files, `${name}.br`), brotliCompressSync(readFileSync(join(files, name))));

function textsOf(folder, language) {
  return `${folder}/i18n/${language.toLowerCase()}.ts`;
}
