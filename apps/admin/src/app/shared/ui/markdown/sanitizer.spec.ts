import { HOSTILE_TEXTS } from './hostile-texts.js';
import { MarkdownPainter } from './markdown-painter.js';
import { sanitized } from './sanitizer.js';

const ALLOWED = new Set(
  'P BR HR H3 H4 H5 H6 UL OL LI BLOCKQUOTE EM STRONG DEL A PRE CODE SPAN TABLE THEAD TBODY TR TH TD DIV BUTTON'.split(
    ' ',
  ),
);
const ALLOWED_ATTRIBUTES = new Set(['href', 'title', 'target', 'rel', 'class', 'start', 'align', 'tabindex', 'type']);

function shown(text: string): HTMLElement {
  const host = document.createElement('div');
  new MarkdownPainter(host).paint(text, false);
  return host;
}

function expectHarmless(root: ParentNode): void {
  for (const element of root.querySelectorAll('*')) {
    expect(ALLOWED).toContain(element.nodeName);
    for (const { name } of element.attributes) expect(ALLOWED_ATTRIBUTES).toContain(name);
    const href = element.getAttribute('href');
    if (href !== null) expect(href).toMatch(/^(https?:\/\/|mailto:)/i);
    if (href !== null) expect(element.getAttribute('rel')).toBe('noopener noreferrer');
    if (element.nodeName === 'BUTTON') expect(element.className).toBe('code-copy');
    if (element.nodeName === 'DIV') expect(element.className).toMatch(/^(code|code-head|table-box)$/);
  }
}

describe('an answer', () => {
  it('is tried with at least 60 hostile texts', () => expect(HOSTILE_TEXTS.length).toBeGreaterThanOrEqual(60));

  it.each(HOSTILE_TEXTS)('is harmless with %j', (text) => expectHarmless(shown(text)));

  it.each(HOSTILE_TEXTS)('is harmless at every moment of writing %j', (text) => {
    const host = document.createElement('div');
    const painter = new MarkdownPainter(host);
    for (let end = 1; end <= text.length; end += 1) {
      painter.paint(text.slice(0, end), true);
      expectHarmless(host);
    }
  });

  it('shows raw HTML as the text it is', () => {
    expect(shown('<b>x</b> & <script>y</script>').textContent.trim()).toBe('<b>x</b> & <script>y</script>');
  });

  it('shows a remote image as a link and loads nothing', () => {
    const host = shown('![disk usage](https://evil.example/pixel.gif)');
    expect(host.querySelector('img')).toBeNull();
    expect(host.querySelector('a')?.href).toBe('https://evil.example/pixel.gif');
    expect(host.textContent.trim()).toBe('disk usage');
  });

  it('tells on hover where a link really leads', () => {
    expect(shown('[bank](https://bank.example@evil.example/)').querySelector('a')?.title).toBe('evil.example');
    expect(shown('[write](mailto:a@b.example)').querySelector('a')?.title).toBe('a@b.example');
  });

  it('opens links apart from the console', () => {
    expect(shown('https://docs.example').querySelector('a')?.outerHTML).toBe(
      '<a href="https://docs.example" title="docs.example" target="_blank" rel="noopener noreferrer">https://docs.example</a>',
    );
  });

  it('has no links into the console', () => {
    expect(shown('[x](/configs) [y](#z) [w](//evil.example)').querySelectorAll('[href]')).toHaveLength(0);
  });
});

describe('sanitized', () => {
  it.each(HOSTILE_TEXTS)('lets nothing through that acts, even from raw HTML: %j', (text) => {
    expectHarmless(sanitized(text));
  });

  it('keeps no class that could imitate the console', () => {
    const host = document.createElement('div');
    host.append(sanitized('<span class="oa-button">x</span><span class="hljs-title function_">y</span>'));
    expect(host.innerHTML).toBe('<span>x</span><span class="hljs-title function_">y</span>');
  });
});
