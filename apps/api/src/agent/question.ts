import type { UsableModel } from '../llm-config/chat-models.js';
import type { ModelImage } from '../llm-config/wire/model-wire.js';
import type { AttachedFile } from './agent-runner.js';

export interface Question {
  readonly query: string;
  readonly files?: readonly AttachedFile[];
}

/** A question with its files, as a model is told it. */
export interface ToldQuestion {
  readonly text: string;
  readonly images: readonly ModelImage[];
}

/** Characters of documents for a model of which nothing is known. */
const USUAL_ROOM = 60_000;

/**
 * Questions with what their files say, oldest first. Documents have as many characters as the model's window has
 * tokens, which is a quarter to two thirds of it; the newest have them first.
 */
export function questionsAsTold(
  questions: readonly Question[],
  { vision, contextWindow = USUAL_ROOM }: Pick<UsableModel, 'vision' | 'contextWindow'>,
): ToldQuestion[] {
  let room = contextWindow;
  const told = questions.toReversed().map(({ query, files = [] }) => {
    const parts = files.map((file) => {
      const text = file.image ? unseen(file, vision) : cut(file, room);
      room -= text.length;
      return text;
    });
    const images = vision === false ? [] : files.flatMap(({ image }) => image ?? []);
    return { text: [...parts.filter((part) => part !== ''), query].join('\n\n'), images };
  });
  return told.reverse();
}

/** A model that cannot see is told that there is something to be seen. */
function unseen({ name }: AttachedFile, vision: boolean | undefined): string {
  return vision === false ? tagged(name, 'This is an image, and you cannot see images.') : '';
}

function cut({ name, text }: AttachedFile, room: number): string {
  const whole = text ?? '';
  if (whole.length <= room) return tagged(name, whole);
  return tagged(name, `${whole.slice(0, Math.max(0, room))}\n(The rest is left out.)`);
}

function tagged(name: string, text: string): string {
  return `<file name=${JSON.stringify(name)}>\n${text}\n</file>`;
}
