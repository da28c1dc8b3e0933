import { codeOf } from './code-block.js';
import { MarkdownPainter } from './markdown-painter.js';

const SAMPLE = [
  '# 检查结果',
  'Load is **high** on `node-7`,\nsee [the graph](https://grafana.example).',
  '- first\n- second\n  - inner\n\n  still second',
  '1. one\n2. two',
  '| host | load |\n|---|--:|\n| a | 1 |\n| b | 2 |',
  '> quoted\n> twice',
  '```sh\nps aux | grep "[n]ode"\n\necho done\n```',
  '~~~\nplain\n~~~',
  '---',
  'Title\n===',
  'hard  \nbreak and\r\nline end\rold',
  '    indented code',
  'The end. 🚒 𠮷',
].join('\n\n');

function paintedAtOnce(text: string): string {
  const host = document.createElement('div');
  new MarkdownPainter(host).paint(text, false);
  return host.innerHTML;
}

function paintedInSteps(text: string, size: number): string {
  const host = document.createElement('div');
  const painter = new MarkdownPainter(host);
  for (let end = size; end < text.length; end += size) painter.paint(text.slice(0, end), true);
  painter.paint(text, true);
  painter.paint(text, false);
  return host.innerHTML;
}

describe('MarkdownPainter', () => {
  it.each([1, 2, 3, 7, 40])('shows the same after growing by %i characters as at once', (size) => {
    expect(paintedInSteps(SAMPLE, size)).toBe(paintedAtOnce(SAMPLE));
  });

  it('shows the same for every order of blocks', () => {
    const blocks = SAMPLE.split('\n\n');
    for (let turn = 0; turn < blocks.length; turn += 1) {
      const text = [...blocks.slice(turn), ...blocks.slice(0, turn)].join('\n\n');
      expect(paintedInSteps(text, 5)).toBe(paintedAtOnce(text));
    }
  });

  it('keeps the numbers of a list and the sides of a table', () => {
    expect(paintedAtOnce('3. three\n4. four')).toContain('<ol start="3">');
    expect(paintedAtOnce('| a | b |\n|---|--:|\n| c | 1 |')).toContain('<td align="right">1</td>');
  });

  it('uses a link target that comes after the text', () => {
    const text = 'See [docs].\n\nMore.\n\n[docs]: https://docs.example';
    expect(paintedInSteps(text, 4)).toBe(paintedAtOnce(text));
    expect(paintedAtOnce(text)).toContain('href="https://docs.example"');
  });

  it('never touches a block again that can change no more', () => {
    const host = document.createElement('div');
    const painter = new MarkdownPainter(host);
    painter.paint('first\n\nsecond', true);
    painter.paint('first\n\nsecond\n\nthi', true);
    const [first, second] = host.children;
    painter.paint('first\n\nsecond\n\nthird\n\nfourth', true);
    expect(host.children[0]).toBe(first);
    expect(host.children[1]).toBe(second);
  });

  it('only adds characters to a growing block of code', () => {
    const host = document.createElement('div');
    const painter = new MarkdownPainter(host);
    painter.paint('```sh\nps a', true);
    const code = host.querySelector('code');
    painter.paint('```sh\nps aux\nls', true);
    expect(host.querySelector('code')).toBe(code);
    expect(code?.textContent).toBe('ps aux\nls\n');
  });

  it('begins anew when it gets another text', () => {
    const host = document.createElement('div');
    const painter = new MarkdownPainter(host);
    painter.paint('one\n\ntwo', true);
    painter.paint('other', false);
    expect(host.textContent.trim()).toBe('other');
  });

  it('colours a finished block of code without changing its text', async () => {
    const host = document.body.appendChild(document.createElement('div'));
    new MarkdownPainter(host).paint('```json\n{"a": "<b>"}\n```', false);
    const code = host.querySelector('code')!;
    await new Promise<void>((resolve) => {
      new MutationObserver(() => resolve()).observe(code, { childList: true });
    });
    expect(code.querySelector('.hljs-attr')?.textContent).toBe('"a"');
    expect(code.textContent).toBe('{"a": "<b>"}\n');
    host.remove();
  });

  it('copies code without the last line end', () => {
    const host = document.createElement('div');
    new MarkdownPainter(host).paint('```sh\nreboot\n```', false);
    expect(codeOf(host.querySelector('.code-copy')!)).toBe('reboot');
    expect(host.querySelector('.code-language')?.textContent).toBe('sh');
  });
});
