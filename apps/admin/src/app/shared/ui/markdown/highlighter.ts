import type { highlighter as Highlighter } from './highlight-languages.js';
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
  const highlighter = await load();
  if (!highlighter?.getLanguage(language) || !code.isConnected) return;
  code.replaceChildren(sanitized(highlighter.highlight(text, { language, ignoreIllegals: true }).value));
}

/** Nothing while the server cannot be reached: code is then shown plain, and the next block asks again. */
async function load(): Promise<typeof Highlighter | null> {
  try {
    return (await import('./highlight-languages.js')).highlighter;
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}
