const LONGEST = 75;

/** What models put around a title: quotes, marks of Markdown, a word that says what it is. */
const AROUND = /^[\s"'“”‘’«»「」『』《》`*_#>-]+|[\s"'“”‘’«»「」『』《》`*_]+$/gu;
const LABEL = /^(title|topic|subject|标题|主题|题目)\s*[:：]\s*/iu;
const UNSEEN = /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu;

/** A model's answer as a title: one line without what stands around it; empty when nothing is left. */
export function cleanTitle(answer: string): string {
  const said = answer.replace(/<think>[^]*?(<\/think>|$)/gi, '');
  const line = said.split(/\r?\n/).find((one) => bare(one) !== '') ?? '';
  const characters = [...bare(line)];
  return characters.length > LONGEST ? `${characters.slice(0, LONGEST).join('')}...` : characters.join('');
}

function bare(line: string): string {
  const shown = line.replaceAll(UNSEEN, '').toWellFormed().replaceAll(/\s+/g, ' ');
  return shown
    .replaceAll(AROUND, '')
    .replace(LABEL, '')
    .replaceAll(AROUND, '')
    .replace(/[.。]$/u, '');
}
