import { sectionsOf } from './sections.js';

const outline = (body: string, title = '磁盘空间不足') =>
  sectionsOf(title, body).map(({ path, text }) => `${path.join(' > ')}: ${text.replaceAll('\n', ' ')}`);

describe('the sections of a runbook', () => {
  it('stand below their headings, the title itself left out', () => {
    const body = '# 磁盘空间不足\n简介\n## 检查\ndf -h\n### 大文件\ndu\n## 处理\n清理';
    expect(outline(body)).toEqual([': 简介', '检查: df -h', '检查 > 大文件: du', '处理: 清理']);
  });

  it('are told by underlined headings as well', () => {
    expect(outline('Look\n====\ndf\n\nAct\n---\nrm\n\n- a list\n---\n\nend')).toEqual([
      'Look: df',
      'Look > Act: rm  - a list ---  end',
    ]);
  });

  it('keep code together that looks like a heading', () => {
    expect(outline('## Run\n```sh\n# comment\ndf\n```\n~~~~\n# also\n~~~\n## no\n~~~~\nend')).toEqual([
      'Run: ```sh # comment df ``` ~~~~ # also ~~~ ## no ~~~~ end',
    ]);
  });

  it('are found by a heading alone, but not when it only holds others', () => {
    expect(outline('# A\n## B\n## **C** `d`\ntext\n# E')).toEqual(['A > B: ', 'A > C d: text', 'E: ']);
  });

  it('are one for a text without headings, and for no text', () => {
    expect(outline('df -h\r\ndu')).toEqual([': df -h du']);
    expect(outline('')).toEqual([': ']);
  });

  it('are bounded, whatever somebody writes', () => {
    const sections = sectionsOf('t', `# ${'x'.repeat(50_000)}\n${'## a\n'.repeat(9_000)}`);
    expect(sections.length).toBeLessThan(520);
    expect(sections.every(({ path }) => path.join('').length <= 201)).toBe(true);
  });

  it('are cut where they are too long, never within a character', () => {
    const lines = Array.from({ length: 300 }, (_, line) => `line ${line} ${'x'.repeat(20)}`).join('\n');
    const parts = sectionsOf('t', lines);
    expect(parts.length).toBe(3);
    expect(parts.every(({ text }) => text.length <= 4_000 && text.startsWith('line '))).toBe(true);
    expect(parts.map(({ text }) => text).join('\n')).toBe(lines);
    const emoji = sectionsOf('t', `a${'😀'.repeat(5_000)}`);
    expect(emoji.every(({ text }) => text.isWellFormed())).toBe(true);
  });
});
