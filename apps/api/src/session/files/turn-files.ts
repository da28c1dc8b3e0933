import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { AttachedFile } from '../../agent/agent-runner.js';
import type { FileInMessage } from './file.repository.js';
import { Files } from './files.js';
import type { MessageFile } from './message-file.entity.js';
import type { StoredFile } from './stored-file.entity.js';
import { DocumentTexts } from './text/document-texts.js';

/** A file of a question that is being asked: what is stored of it, and what the model is told. */
export interface TurnFile extends AttachedFile {
  readonly id: string;
  readonly fileId: string;
  readonly kind: MessageFile['kind'];
  readonly transferMethod: MessageFile['transferMethod'];
}

/** The images that models take, by how they begin. */
const IMAGES: readonly [RegExp, string][] = [
  [/^\x89PNG/, 'image/png'],
  [/^\xff\xd8\xff/, 'image/jpeg'],
  [/^GIF8/, 'image/gif'],
  [/^RIFF[^]{4}WEBP/, 'image/webp'],
];

/** Far more than fits into most models; what is told of it is cut again by the model's own room. */
const MOST_CHARACTERS = 400_000;
/** Images of earlier questions that a model is shown again, newest first. */
const MOST_EARLIER_IMAGES = 6;

/** What models see and read of files. */
@Injectable()
export class TurnFiles {
  constructor(
    private readonly files: Files,
    private readonly texts: DocumentTexts,
  ) {}

  async prepare(
    file: StoredFile,
    { kind, transferMethod }: Pick<TurnFile, 'kind' | 'transferMethod'>,
  ): Promise<TurnFile> {
    const bytes = kind === 'image' || kind === 'document' || kind === 'custom' ? await this.files.bytesOf(file) : null;
    const stored = { id: randomUUID(), fileId: file.id, kind, transferMethod, name: file.name };
    if (bytes && kind === 'image') return { ...stored, ...shown(bytes) };
    return {
      ...stored,
      text: bytes ? await this.textOf(file, bytes) : 'It cannot be heard or seen here.',
      image: null,
    };
  }

  /** What is told again of the files of earlier questions, by message; `messageIds` begins with the newest. */
  async earlier(messageIds: readonly string[]): Promise<Map<string, AttachedFile[]>> {
    const ofMessages = await this.files.ofMessages(messageIds);
    const told = new Map<string, AttachedFile[]>();
    let left = MOST_EARLIER_IMAGES;
    for (const messageId of messageIds) {
      const files = ofMessages.get(messageId) ?? [];
      const shown = files.map((file) => this.again(file, file.kind === 'image' && left-- > 0));
      if (files.length > 0) told.set(messageId, await Promise.all(shown));
    }
    return told;
  }

  private async again(file: FileInMessage, isShown: boolean): Promise<AttachedFile> {
    const { name, text } = file;
    if (!isShown) return { name, text: text ?? 'It was shown earlier.', image: null };
    // A database that was restored without its folder must not end the conversation.
    const bytes = await this.files.bytesOf({ ...file, id: file.fileId }).catch(() => null);
    return bytes ? { name, ...shown(bytes) } : { name, text: 'It is not there any more.', image: null };
  }

  private async textOf({ extension }: StoredFile, bytes: Buffer): Promise<string> {
    const answer = await this.texts.read({ bytes, extension, most: MOST_CHARACTERS });
    if ('because' in answer) return `It could not be read: it ${answer.because}.`;
    if (answer.text === '') return 'It holds no text.';
    return answer.isCut ? `${answer.text}\n(The rest is left out.)` : answer.text;
  }
}

/** What the bytes are counts, not what a client calls them. */
function shown(bytes: Buffer): Pick<AttachedFile, 'text' | 'image'> {
  const head = bytes.toString('latin1', 0, 12);
  const mimeType = IMAGES.find(([begin]) => begin.test(head))?.[1];
  if (mimeType === undefined) return { text: 'It is an image of a kind that cannot be shown to you.', image: null };
  return { text: null, image: { mimeType, base64: bytes.toString('base64') } };
}
