import { fileNameOf, fileOfRunbook, runbookOfFile } from './markdown-file.js';

const read = (text: string, name = 'disk-full.md') => runbookOfFile({ name, text });

describe('a Markdown file', () => {
  it('is a runbook with the title and the tags of its front matter', () => {
    const text =
      '\uFEFF---\r\ntitle: 磁盘空间不足\r\ntags: [磁盘, 2024]\r\nowner: sre\r\n---\r\n\r\n# 检查\r\ndf -h\r\n';
    expect(read(text)).toEqual({ title: '磁盘空间不足', tags: ['磁盘', '2024'], body: '# 检查\r\ndf -h' });
    expect(read('---\ntags: a， b, c\n---\n# Look\ndf').tags).toEqual(['a', 'b', 'c']);
  });

  it('has its first heading for a title, or its name', () => {
    expect(read('Intro\n\n# **Disk** full #\ndf').title).toBe('Disk full');
    expect(read('df -h').title).toBe('disk-full');
    expect(read('df -h', 'ops/2024.MD').title).toBe('2024');
  });

  it('keeps a line that only looks like front matter', () => {
    expect(read('df\n---\ntitle: no\n---\n')).toMatchObject({ title: 'disk-full', body: 'df\n---\ntitle: no\n---' });
  });

  it.each([
    ['---\ntitle: [\n---\ntext', /no YAML/],
    ['---\njust words\n---\ntext', /no fields/],
    ['---\na: &a [x]\nb: [*a, *a]\n---\ntext', /no YAML/],
    [`---\ntitle: ${'x'.repeat(201)}\n---\ntext`, /title must be/],
    [`---\ntags: [${'x'.repeat(41)}]\n---\ntext`, /tags/],
    [`---\nx: ${'y'.repeat(10_001)}\n---\ntext`, /too long/],
    ['x'.repeat(100_001), /body must be/],
    ['---\ntitle: only\n---\n', /no text/],
    ['', /no text/],
  ])('is refused: %.40j', (text, reason) => {
    expect(() => read(text)).toThrow(reason);
  });

  it('comes back the same from an export', () => {
    const runbook = {
      title: 'a: "b" #c',
      tags: ['- x', '磁盘'],
      body: '---\nno front matter\n---\n# A\n\n```\ncode\n```',
    };
    expect(read(fileOfRunbook(runbook, 'a.md').text)).toEqual(runbook);
  });

  it('is named after its title', () => {
    expect(fileNameOf('磁盘空间不足: /var?', '0a1b2c3d-0000')).toBe('磁盘空间不足-var-0a1b2c3d.md');
    expect(fileNameOf('!!!', '0a1b2c3d-0000')).toBe('0a1b2c3d.md');
  });
});
