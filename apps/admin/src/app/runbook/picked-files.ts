import type { RunbookFileDto } from '@opsagent/contracts';

/** As the server takes them. */
const MOST_CHARACTERS = 1_000_000;
const MOST_FILES = 100;
const MOST_IN_ALL = 10_000_000;

/** What somebody chose or dropped: files that can be sent, in batches, and the names of those that cannot. */
export interface PickedFiles {
  readonly batches: readonly (readonly RunbookFileDto[])[];
  readonly refused: readonly string[];
}

/** Reads Markdown files, and files that an export of this console made. */
export async function pickedFiles(files: readonly File[]): Promise<PickedFiles> {
  const read: RunbookFileDto[] = [];
  const refused: string[] = [];
  for (const file of files) {
    const found = await filesIn(file);
    if (found === null) refused.push(file.name);
    else read.push(...found);
  }
  return { batches: batchesOf(read), refused };
}

async function filesIn(file: File): Promise<RunbookFileDto[] | null> {
  const isExport = /\.json$/i.test(file.name);
  if (!isExport && !/\.(md|markdown|txt)$/i.test(file.name)) return null;
  if (!isExport && file.size > 3 * MOST_CHARACTERS) return null;
  const text = await file.text();
  const files = isExport ? exportedFiles(text) : [{ name: file.name, text }];
  return files?.every(isSendable) ? files : null;
}

function exportedFiles(text: string): RunbookFileDto[] | null {
  try {
    const { files } = JSON.parse(text) as { files?: unknown };
    return Array.isArray(files) ? (files as RunbookFileDto[]) : null;
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError) return null;
    throw error;
  }
}

/** What is no text is not sent: one such file would have all the others refused. */
function isSendable(file: unknown): boolean {
  const { name, text } = (file ?? {}) as Partial<Record<keyof RunbookFileDto, unknown>>;
  if (typeof name !== 'string' || typeof text !== 'string' || name === '' || name.length > 255) return false;
  return text.length <= MOST_CHARACTERS && !text.includes('\0') && /^\P{Cs}*$/u.test(text);
}

function batchesOf(files: readonly RunbookFileDto[]): RunbookFileDto[][] {
  const batches: RunbookFileDto[][] = [];
  let characters = 0;
  for (const { name, text } of files) {
    const last = batches.at(-1);
    characters += text.length;
    if (last && last.length < MOST_FILES && characters <= MOST_IN_ALL) last.push({ name, text });
    else {
      batches.push([{ name, text }]);
      characters = text.length;
    }
  }
  return batches;
}
