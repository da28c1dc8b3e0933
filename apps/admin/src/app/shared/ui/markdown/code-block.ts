import { languageOf } from './highlighter.js';

/** Puts a frame around every code block (language, copy button) and a scroll box around every table. */
export function frameBlocks(fragment: DocumentFragment): void {
  for (const code of fragment.querySelectorAll('pre > code')) frameCode(code.parentElement!, languageOf(code));
  for (const table of fragment.querySelectorAll('table')) {
    const box = element('div', 'table-box');
    box.tabIndex = 0;
    table.replaceWith(box);
    box.append(table);
  }
}

/** The code of the block a copy button belongs to; a last line end would run a command when pasted into a terminal. */
export function codeOf(button: Element): string {
  const code = button.closest('.code')?.querySelector('code');
  return (code?.textContent ?? '').replace(/\n$/, '');
}

function frameCode(pre: HTMLElement, language: string): void {
  const frame = element('div', 'code');
  const head = element('div', 'code-head');
  const name = element('span', 'code-language');
  name.textContent = language;
  const copy = document.createElement('button');
  copy.type = 'button';
  copy.className = 'code-copy';
  pre.tabIndex = 0;
  pre.replaceWith(frame);
  head.append(name, copy);
  frame.append(head, pre);
}

function element(name: 'div' | 'span', className: string): HTMLElement {
  const made = document.createElement(name);
  made.className = className;
  return made;
}
