import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import {
  type ASTWithSource,
  type Interpolation,
  parseTemplate,
  type TmplAstBoundText,
  TmplAstRecursiveVisitor,
  type TmplAstText,
  type TmplAstTextAttribute,
  tmplAstVisitAll,
} from '@angular/compiler';
import { FAULT_KIND, LLM_PROVIDER, ROLE, TEST_CAUSE, TEST_REMEDY, TEST_STAGE } from '@opsagent/contracts';
import { en as testLadderEn } from '../ui/test-ladder/i18n/en.js';
import { en } from './en.js';
import { zhCn } from './zh-cn.js';
import type { Texts } from './texts.js';

const APP = join(import.meta.dirname, '../..');

/** The scope that the texts of a folder have, the longest that fits; the shared ones have none. */
const SCOPE_OF: Readonly<Record<string, string>> = {
  about: 'about',
  'shared/ui/test-ladder': 'test',
  'shared/ui/job-tray': 'jobs',
  'shared/ui/approval': 'approval',
  'shared/data/deeds': 'deeds',
  shared: '',
  identity: 'identity',
  users: 'users',
  limits: 'limits',
  setup: 'setup',
  'llm-config': 'configs',
  'dify-app': 'apps',
  session: 'session',
  approvals: 'approvals',
  sources: 'sources',
  mcp: 'mcp',
  overview: 'overview',
  audit: 'audit',
  runbook: 'runbooks',
};

const files = (folder: string): string[] =>
  readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? files(path) : [path];
  });

/** Every text with its dotted key. */
function flat(texts: Texts, prefix = ''): [string, string][] {
  return Object.entries(texts).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[prefix + key, value]] : flat(value, `${prefix}${key}.`),
  );
}

const placeholders = (text: string): string[] =>
  [...text.matchAll(/\{\{\s*(\w+)\s*\}\}/g)].map((match) => match[1]).sort();

async function scopes(): Promise<{ name: string; zh: [string, string][]; en: [string, string][] }[]> {
  const chinese = files(APP).filter((path) => path.endsWith('/i18n/zh-cn.ts'));
  return Promise.all(
    chinese.map(async (path) => ({
      name: path.slice(APP.length),
      zh: flat(((await import(path)) as { zhCn: Texts }).zhCn),
      en: flat(((await import(path.replace('zh-cn', 'en'))) as { en: Texts }).en),
    })),
  );
}

describe('the texts of the console', () => {
  it('exist in both languages with the same keys and the same placeholders', async () => {
    for (const scope of await scopes()) {
      const english = new Map(scope.en);
      expect([...english.keys()].sort()).toEqual(scope.zh.map(([key]) => key).sort());
      for (const [key, text] of scope.zh) {
        expect({ scope: scope.name, key, names: placeholders(english.get(key) ?? '') }).toEqual({
          scope: scope.name,
          key,
          names: placeholders(text),
        });
      }
    }
  });

  it('are never empty, and Chinese ones are written as Chinese is', async () => {
    for (const scope of await scopes()) {
      for (const [key, text] of [...scope.zh, ...scope.en]) expect([key, text.trim()]).not.toEqual([key, '']);
      for (const [key, text] of scope.zh) {
        expect([key, /[您亲！!]/.test(text)]).toEqual([key, false]);
        expect([key, /[\u4e00-\u9fff][,;?](?!\w)/.test(text)]).toEqual([key, false]);
      }
    }
  });

  it('are all used', async () => {
    const sources = files(APP).filter(
      (path) => /\.(ts|html)$/.test(path) && !/\/i18n\/(catalogue-)?(zh-cn|en)\.ts$|spec\.ts$/.test(path),
    );
    const code = sources.map((path) => readFileSync(path, 'utf8')).join('\n');
    // A key made at run time counts for all of its siblings: 'roles.' + role, `errors.${code}`.
    const isUsed = (key: string): boolean => {
      const parents = key
        .split('.')
        .map((_, at, parts) => parts.slice(0, at).join('.'))
        .slice(1);
      const isMade = parents.some((parent) => code.includes(`'${parent}.' +`) || code.includes(`\`${parent}.\${`));
      return isMade || new RegExp(`['"\`]${key.replaceAll('.', '\\.')}['"\`]`).test(code);
    };
    for (const scope of await scopes()) {
      const folder = Object.keys(SCOPE_OF).find((start) => scope.name.startsWith(`/${start}/`)) ?? '';
      const name = SCOPE_OF[folder];
      expect([scope.name, name]).not.toEqual([scope.name, undefined]);
      const unused = scope.zh.map(([key]) => (name ? `${name}.${key}` : key)).filter((key) => !isUsed(key));
      expect(unused).toEqual([]);
    }
  });

  it('name every kind of fault, provider, role, and what a test can find', () => {
    const keys = new Set(flat(en).map(([key]) => key));
    const testKeys = new Set(flat(testLadderEn).map(([key]) => key));
    for (const kind of FAULT_KIND.values) expect(keys).toContain(`faults.${kind}.action`);
    for (const cause of TEST_CAUSE.values) expect(testKeys).toContain(`cause.${cause}.action`);
    for (const remedy of TEST_REMEDY.values) expect(testKeys).toContain(`remedy.${remedy}`);
    for (const stage of TEST_STAGE.values) expect(testKeys).toContain(`stage.${stage}`);
    for (const provider of LLM_PROVIDER.values) expect(keys).toContain(`providers.${provider}`);
    for (const role of ROLE.values) expect(keys).toContain(`roles.${role}`);
  });

  it('know every error that the server can name', () => {
    const server = files(join(APP, '../../../api/src')).filter((path) => path.endsWith('.errors.ts'));
    const codes = server.flatMap((path) => [...readFileSync(path, 'utf8').matchAll(/ code = '([^']+)'/g)]);
    expect(codes.length).toBeGreaterThan(20);
    // Only the Dify wire pages behind a last session and before a first message.
    const elsewhere = ['session/last-not-found', 'session/first-message-not-found'];
    const told = codes.map(([, code]) => code).filter((code) => !elsewhere.includes(code));
    for (const code of told) expect(Object.keys(zhCn.errors)).toContain(code);
  });

  it('say for every error what happened, why and what to do', () => {
    for (const catalogue of [zhCn.errors, en.errors]) {
      for (const [code, entry] of Object.entries(catalogue as Texts)) {
        if (code !== 'line') expect([code, Object.keys(entry)]).toEqual([code, ['title', 'cause', 'action']]);
      }
    }
  });
});

/** Collects what a template says itself instead of asking for it. */
class OwnWords extends TmplAstRecursiveVisitor {
  readonly found: string[] = [];

  override visitText(text: TmplAstText): void {
    this.note(text.value);
  }

  override visitBoundText(text: TmplAstBoundText): void {
    const { ast } = text.value as ASTWithSource;
    for (const part of (ast as Interpolation).strings) this.note(part);
  }

  override visitTextAttribute(attribute: TmplAstTextAttribute): void {
    if (/^(aria-label|title|placeholder|alt|label|heading|text|hint)$/.test(attribute.name)) this.note(attribute.value);
  }

  private note(text: string): void {
    if (/\p{L}{2,}/u.test(text)) this.found.push(text.trim());
  }
}

describe('the templates of the console', () => {
  const ownWords = (template: string): string[] => {
    const words = new OwnWords();
    tmplAstVisitAll(words, parseTemplate(template, 'template').nodes);
    return words.found;
  };

  it('would be caught with words of their own', () => {
    const template = '@if (a) { <p title="Tip">Hello {{ b }} 世界</p> } @else { <i [title]="c">{{ d }}</i> }';
    expect(ownWords(template)).toEqual(['Tip', 'Hello', '世界']);
  });

  it('hold no words of their own', () => {
    for (const path of files(APP).filter((name) => /\.(html|ts)$/.test(name) && !name.endsWith('.spec.ts'))) {
      const text = readFileSync(path, 'utf8');
      const template = path.endsWith('.html') ? text : (/template: `([\s\S]*?)`,\n/.exec(text)?.[1] ?? '');
      expect([path.slice(APP.length), ownWords(template)]).toEqual([path.slice(APP.length), []]);
    }
  });
});
