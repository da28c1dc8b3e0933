import { sanitized } from './sanitizer.js';

/** Longer code is shown plain: colouring it would hold up the page. */
const LONGEST_CODE = 30_000;
const LANGUAGE = /^language-(.+)$/;

/** The language a code block names, empty without one. */
export function languageOf(code: Element): string {
  return LANGUAGE.exec(code.className)?.[1] ?? '';
}

/** Colours a finished code block; the colouring library is loaded when the first one asks for it. */
export async function highlight(code: Element): Promise<void> {
  const language = languageOf(code);
  const text = code.textContent;
  if (language === '' || text.length > LONGEST_CODE) return;
  const { highlighter } = await import('./highlight-languages.js');
  if (!highlighter.getLanguage(language) || !code.isConnected) return;
  code.replaceChildren(sanitized(highlighter.highlight(text, { language, ignoreIllegals: true }).value));
}
