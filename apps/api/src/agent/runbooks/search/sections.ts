/** A part of a Markdown text below its headings. */
export interface Section {
  /** The headings above it, outermost first. */
  readonly path: readonly string[];
  readonly text: string;
}

interface Heading {
  readonly level: number;
  readonly title: string;
}

/** So much is found and shown at once; a longer section is several. */
const LONGEST = 4_000;
/** What follows more headings than these stands below the last one; nobody's runbook has that many. */
const MOST_HEADINGS = 500;
/** Of a heading, as it stands in a path. */
const LONGEST_HEADING = 200;

const FENCE = /^ {0,3}(`{3,}|~{3,})/;
const HEADING = /^ {0,3}(#{1,6})(?:[ \t]+(\S.*)|[ \t]*)$/;
const UNDERLINE = /^ {0,3}(=+|-{2,})[ \t]*$/;
const NO_PARAGRAPH = /^\s*$|^ {0,3}(#|[-*+]\s|\d+[.)]\s|>|\|)/;

/** The sections of a Markdown text; a heading that only says the title again is no part of a path. */
export function sectionsOf(title: string, body: string): Section[] {
  const cut = new SectionCutter(title);
  for (const line of body.split(/\r\n?|\n/)) cut.add(line);
  const sections = cut.end();
  return sections.length > 0 ? sections : [{ path: [], text: '' }];
}

/** Goes through a text line by line. */
class SectionCutter {
  private readonly sections: Section[] = [];
  private headings: Heading[] = [];
  private lines: string[] = [];
  private fence: string | null = null;
  private opened = 0;

  constructor(private readonly title: string) {}

  add(line: string): void {
    const [, mark = ''] = FENCE.exec(line) ?? [];
    if (this.fence !== null) {
      if (mark.startsWith(this.fence) && line.trim() === mark) this.fence = null;
    } else if (mark !== '') {
      this.fence = mark;
    } else if (this.startsHeading(line)) {
      return;
    }
    this.lines.push(line);
  }

  end(): Section[] {
    this.close(1);
    return this.sections;
  }

  private startsHeading(line: string): boolean {
    if (this.opened >= MOST_HEADINGS) return false;
    const [found, marks = '', title = ''] = HEADING.exec(line) ?? [];
    if (found !== undefined) {
      this.open({ level: marks.length, title });
      return true;
    }
    const before = this.lines.at(-1);
    const [, underline] = UNDERLINE.exec(line) ?? [];
    if (underline === undefined || before === undefined || NO_PARAGRAPH.test(before)) return false;
    this.lines.pop();
    this.open({ level: underline.startsWith('=') ? 1 : 2, title: before });
    return true;
  }

  private open(heading: Heading): void {
    this.opened += 1;
    this.close(heading.level);
    this.headings = [...this.headings.filter(({ level }) => level < heading.level), heading];
  }

  /** @param level of the heading that follows: below a heading without a text of its own it is no section */
  private close(level: number): void {
    const text = this.lines.join('\n').trim();
    this.lines = [];
    const above = this.headings.at(-1);
    if (text === '' && (above === undefined || level > above.level)) return;
    const path = this.headings
      .map(({ title }) => plainHeading(title))
      .filter((one) => one !== '' && one !== this.title);
    for (const part of partsOf(text)) this.sections.push({ path, text: part });
  }
}

/** Without marks of emphasis and without the marks that may close it. */
function plainHeading(title: string): string {
  const plain = title.slice(0, LONGEST_HEADING).replace(/[*_`]|[\uD800-\uDBFF]$/g, '');
  return plain.replace(/(^|\s)#*\s*$/, '').trim();
}

/** Cut between lines where that can be, so that none is longer than is shown at once. */
function partsOf(text: string): string[] {
  const parts: string[] = [];
  let rest = text;
  while (rest.length > LONGEST) {
    const line = rest.lastIndexOf('\n', LONGEST);
    const at = line > LONGEST / 2 ? line : LONGEST;
    // Half of a surrogate pair can neither be stored nor found.
    const end = /[\uD800-\uDBFF]$/.test(rest.slice(0, at)) ? at - 1 : at;
    parts.push(rest.slice(0, end).trim());
    rest = rest.slice(end).trim();
  }
  return [...parts, rest];
}
