import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const root = join(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const all = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map((match) => match[1] ?? '');

/** Documents that exist in both languages. */
const PAIRS = [
  ['README.md', 'README.zh-CN.md'],
  ['docs/quick-start.md', 'docs/quick-start.zh-CN.md'],
  ['docs/deployment.md', 'docs/deployment.zh-CN.md'],
  ['SECURITY.md', 'SECURITY.zh-CN.md'],
  ['docs/import-export.md', 'docs/import-export.zh-CN.md'],
  ['docs/dify.md', 'docs/dify.zh-CN.md'],
  ['docs/tools.md', 'docs/tools.zh-CN.md'],
  ['docs/evaluation.md', 'docs/evaluation.zh-CN.md'],
] as const;

/** What must be the same in every language: code, links, settings, and how many parts there are. */
function skeleton(text: string): Record<string, unknown> {
  const prose = text.replaceAll(/```[\s\S]*?```/g, '');
  const links = all(prose, /\]\(([^)]+)\)/g);
  return {
    code: all(text, /```\w*\n([\s\S]*?)```/g),
    headings: all(prose, /^(#+) /gm),
    // The first link leads to the other language.
    links: links.slice(1).map((link) =>
      link
        .replace(/#.*$/, '')
        .replace('.zh-CN.md', '.md')
        .replace(/-zh\.png$/, '-en.png'),
    ),
    settings: all(prose, /^\| `([A-Z_]+)`/gm),
    steps: all(prose, /^(\d\.|-) /gm),
  };
}

describe('the documents', () => {
  it.each(PAIRS)('say the same in both languages: %s, %s', (english, chinese) => {
    expect(skeleton(read(chinese))).toEqual(skeleton(read(english)));
  });

  it('link to what is there', () => {
    const documents = [
      ...globSync('docs/**/*.md', { cwd: root }),
      'README.md',
      'README.zh-CN.md',
      'SECURITY.md',
      'SECURITY.zh-CN.md',
      'CONTRIBUTING.md',
    ];
    const broken = documents.flatMap((document) =>
      all(read(document), /\]\((?!https?:|#)([^)#\s]+)/g)
        .filter((link) => !existsSync(join(root, dirname(document), link)))
        .map((link) => `${document}: ${link}`),
    );
    expect(broken).toEqual([]);
  });

  it('name every setting of the server, and no other', () => {
    const known = all(read('apps/api/src/platform/config/environment.ts'), /^ {2}([A-Z][A-Z_]+)[?:]/gm);
    const told = all(read('README.md'), /`([A-Z][A-Z_]+)`/g);
    expect(known.length).toBeGreaterThan(15);
    expect(known.filter((name) => !told.includes(name))).toEqual([]);
    const own = told.filter(
      // `SSO` is what a setting has where it is not set.
      (name) =>
        !['CHROMIUM_PATH', 'OPSAGENT_REQUIRE_BROWSER', 'OPSAGENT_REQUIRE_SERVERS', 'TEST_DATABASE_URL', 'SSO'].includes(
          name,
        ),
    );
    expect(own.filter((name) => !known.includes(name))).toEqual([]);
  });
});
