import { CreateRunbookDto, type RunbookFileDto, type RunbookFileFault } from '@opsagent/contracts';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { parse, stringify } from 'yaml';

/** A file is no runbook; the message is a sentence. */
export class FileIsNoRunbook extends Error {
  constructor(
    readonly fault: RunbookFileFault,
    message: string,
  ) {
    super(message);
  }
}

const FRONT_MATTER = /^---[ \t]*\r?\n(?:([\s\S]*?)\r?\n)?---[ \t]*(?:\r?\n|$)/;
const LONGEST_FRONT_MATTER = 10_000;
const FIRST_HEADING = /^ {0,3}#[ \t]+(\S.*)$/m;
const LONGEST_TITLE = 200;

/** Reads a Markdown file; without front matter its title is its first heading, or its name. @throws FileIsNoRunbook */
export function runbookOfFile({ name, text }: RunbookFileDto): CreateRunbookDto {
  const whole = text.replace(/^\uFEFF/, '');
  const [found = '', front = ''] = FRONT_MATTER.exec(whole) ?? [];
  const body = whole.slice(found.length).trim();
  if (body === '') throw new FileIsNoRunbook('empty', 'The file has no text.');
  const facts = frontMatterOf(front);
  const title = textOf(facts.title) ?? headingOf(body) ?? nameOf(name);
  const runbook = plainToInstance(CreateRunbookDto, { title: title.trim(), tags: tagsOf(facts.tags), body });
  const [problem] = validateSync(runbook).flatMap(({ constraints }) => Object.values(constraints ?? {}));
  if (problem !== undefined) throw new FileIsNoRunbook('rule', `${problem}.`);
  return runbook;
}

/** The file that an import makes the same runbook of. */
export function fileOfRunbook(runbook: { title: string; tags: string[]; body: string }, name: string): RunbookFileDto {
  const { title, tags, body } = runbook;
  const front = stringify({ title, ...(tags.length > 0 ? { tags } : {}) }, { lineWidth: 0 });
  return { name, text: `---\n${front}---\n\n${body.trim()}\n` };
}

/** A name for a file that came from none. */
export function fileNameOf(title: string, id: string): string {
  const words =
    title
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  return `${[words.join('-').slice(0, 60), id.slice(0, 8)].filter(Boolean).join('-')}.md`;
}

function frontMatterOf(text: string): Record<string, unknown> {
  if (text.length > LONGEST_FRONT_MATTER) throw badFrontMatter('is too long');
  const facts = parsed(text);
  if (facts === null) return {};
  if (typeof facts !== 'object' || Array.isArray(facts)) throw badFrontMatter('has no fields');
  return facts as Record<string, unknown>;
}

function parsed(text: string): unknown {
  if (text.trim() === '') return null;
  try {
    // Every scalar is a text, and nothing is written out twice.
    return parse(text, { schema: 'failsafe', maxAliasCount: 0, logLevel: 'error' });
  } catch (error) {
    throw badFrontMatter(`is no YAML: ${(error as Error).message.split('\n', 1)[0] ?? ''}`);
  }
}

function badFrontMatter(what: string): FileIsNoRunbook {
  return new FileIsNoRunbook('front_matter', `The front matter ${what}.`);
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

/** A list, or words with commas between them. */
function tagsOf(value: unknown): string[] {
  const list = Array.isArray(value) ? (value as unknown[]) : typeof value === 'string' ? value.split(/[,，]/) : [];
  return list.flatMap((tag) => textOf(tag)?.trim() ?? []);
}

function headingOf(body: string): string | undefined {
  const [, heading] = FIRST_HEADING.exec(body) ?? [];
  return heading
    ?.slice(0, LONGEST_TITLE)
    .replace(/\s+#*\s*$/, '')
    .replace(/[*_`]|[\uD800-\uDBFF]$/g, '');
}

function nameOf(file: string): string {
  const base = file.split(/[\\/]/).at(-1) ?? file;
  return base.replace(/\.(md|markdown|txt)$/i, '') || file;
}
