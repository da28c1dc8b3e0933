// Usage: node tools/first-chunks.mjs, after the console is bundled
// Writes into its index.html which chunks each first page and language needs, so that start.js can ask for all of them at
// once; otherwise the browser learns of one only after it has run the one before.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './workspace.mjs';

const APP = 'apps/admin/src/app';

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

const built = join(root, 'dist/admin');
const { outputs } = JSON.parse(readFileSync(join(built, 'browser-stats.json'), 'utf8'));
const index = join(built, 'browser/index.html');
const html = readFileSync(index, 'utf8');
const named = [...html.matchAll(/"(main-[\w-]+\.js|chunk-[\w-]+\.js)"/g)].map((match) => match[1]);
const initial = closureOf(named);
const parts = {
  // The bundler names ten chunks of them in the page itself.
  always: [...initial].filter((chunk) => !named.includes(chunk)),
  ...Object.fromEntries(
    Object.entries(PARTS).map(([name, sources]) => [
      name,
      [...closureOf(sources.map(chunkOf))].filter((chunk) => !initial.has(chunk)),
    ]),
  ),
};
const meta = `<meta name="oa-first-chunks" content='${JSON.stringify(parts)}' />`;
writeFileSync(
  index,
  html
    .replace(/<meta name="oa-first-chunks"[^>]*>\s*/, '')
    .replace('<script src="start.js">', `${meta}\n    <script src="start.js">`),
);

function textsOf(folder, language) {
  return `${folder}/i18n/${language.toLowerCase()}.ts`;
}

/** The chunk that a source asked for by `import()` became. */
function chunkOf(source) {
  const found = Object.entries(outputs).find(([, { entryPoint }]) => entryPoint === `${APP}/${source}`);
  if (!found) throw new Error(`${source} is no chunk of its own any more; correct the list in tools/first-chunks.mjs.`);
  return found[0];
}

/** These chunks and all that they import at once. */
function closureOf(chunks) {
  const all = new Set();
  const add = (chunk) => {
    if (all.has(chunk) || !outputs[chunk]) return;
    all.add(chunk);
    for (const { path, kind } of outputs[chunk].imports) if (kind === 'import-statement') add(path);
  };
  chunks.forEach(add);
  return all;
}
