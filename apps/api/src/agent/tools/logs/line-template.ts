const LONGEST = 300;

/** What differs between two lines that say the same: times, ids, addresses, numbers. */
const VARIABLE = new RegExp(
  [
    '\\d{4}[-/.]\\d\\d[-/.]\\d\\d(?:[T _]\\d\\d:\\d\\d:\\d\\d(?:[.,]\\d+)?(?: ?(?:Z|UTC|GMT|[+-]\\d\\d:?\\d\\d)\\b)?)?',
    '[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}',
    '\\b\\d{1,3}(?:\\.\\d{1,3}){3}(?::\\d{1,5})?\\b',
    '\\b(?:[0-9a-fA-F]{1,4}:){3,7}[0-9a-fA-F]{0,4}\\b',
    '\\b0x[0-9a-fA-F]+\\b',
    '\\b(?=[a-fA-F]*\\d)[0-9a-fA-F]{8,}\\b',
    '\\d+(?:[.:,]\\d+)*',
  ].join('|'),
  'g',
);
/** Apart from the others, for it would be tried at every letter. */
const MAIL = /[\w.+-]{1,64}@[\w-]{1,64}\.[\w.-]{2,64}/g;
const HEAD = /^(?:<\d+>)?\[?(?:[A-Z][a-z]{2} )?[A-Z][a-z]{2} {1,2}\d{1,2} \d\d:\d\d:\d\d(?:\.\d+)?(?: \d{4})?\]? ?/;

/** A line without what differs from one to the next. */
export function templateOf(line: string): string {
  const end = line.indexOf('\n');
  const first = (end === -1 ? line : line.slice(0, end)).slice(0, LONGEST);
  const bare = first.includes('@') ? first.replaceAll(MAIL, '<*>') : first;
  return bare.replace(HEAD, '<*> ').replaceAll(VARIABLE, '<*>').toWellFormed();
}
