import type { Readable, Writable } from 'node:stream';
import busboy from 'busboy';
import type { Request } from 'express';
import { Files, type IncomingFile, type NewFile } from '../../session/files/files.js';
import { DifyError } from '../wire/dify-error.js';
import { FileHead } from './file-head.js';
import { extensionOf, kindOf, LARGEST, mimeTypeOf } from './file-kinds.js';
import { keptName } from './file-name.js';

const tooMany = (): DifyError => new DifyError(400, 'too_many_files', 'Only one file is allowed.');
const nameless = (): DifyError =>
  new DifyError(400, 'filename_not_exists_error', 'The specified filename does not exist.');
const broken = (cause: unknown): DifyError =>
  new DifyError(400, 'bad_request', 'The form does not end or is not written as a form should be.', { cause });

/** Room for the fields of the form beside the largest file. */
const ROOM_FOR_FIELDS = 1024 * 1024;

/** What a route takes for a file, and how it says that it does not. */
export interface UploadRules {
  /** The largest file of any kind, in bytes. */
  readonly most: number;
  readonly noFile: () => DifyError;
  readonly tooLarge: () => DifyError;
  /** A part that does not say of which media type it is. */
  readonly untyped: () => DifyError;
  /** What a part of the form is kept as. @throws DifyError for what is not taken */
  readonly factsOf: (name: string, mimeType: string) => Omit<NewFile, 'appId' | 'sourceUrl'>;
  /** The largest file of its kind, in bytes. */
  readonly mostOf: (kind: NewFile['kind']) => number;
}

/** Files for questions. */
export const QUESTION_FILE: UploadRules = {
  most: LARGEST.video,
  noFile: () => new DifyError(400, 'no_file_uploaded', 'Please upload your file.'),
  tooLarge: () => new DifyError(413, 'file_too_large', 'File size exceeded.'),
  untyped: () => new DifyError(415, 'unsupported_file_type', 'File type not allowed.'),
  factsOf: (name, mimeType) => {
    const extension = extensionOf(name);
    return { name: keptName(name, extension), extension, kind: kindOf(extension), mimeType };
  },
  mostOf: (kind) => LARGEST[kind],
};

/** What a form said: its file is kept already, and whoever reads this makes it somebody's or drops it. */
export interface Upload {
  readonly file: IncomingFile;
  readonly user: string | undefined;
}

/** Keeps the file of a form as it comes; nothing of it stays when the form is wrong or its sender goes. @throws DifyError */
export async function receiveUpload(
  request: Request,
  appId: string,
  files: Files,
  rules: UploadRules = QUESTION_FILE,
): Promise<Upload> {
  if (!/^multipart\/form-data\b/i.test(request.headers['content-type'] ?? '')) throw rules.noFile();
  if (Number(request.headers['content-length'] ?? 0) > rules.most + ROOM_FOR_FIELDS) throw rules.tooLarge();
  const form = new UploadForm(appId, files, rules);
  try {
    await form.read(request);
    return { file: await form.file(), user: form.user };
  } catch (error) {
    await form.drop();
    throw error instanceof DifyError ? error : broken(error);
  }
}

/** One form while it is read. */
class UploadForm {
  user: string | undefined;
  private incoming: Promise<IncomingFile> | undefined;
  private storing: Error | undefined;

  constructor(
    private readonly appId: string,
    private readonly files: Files,
    private readonly rules: UploadRules,
  ) {}

  async read(request: Request): Promise<void> {
    const form = busboy({
      headers: request.headers,
      defParamCharset: 'utf8',
      preservePath: true,
      limits: { fields: 20, fieldSize: 10_000, parts: 30, fileSize: this.rules.most + 1 },
    });
    const head = new FileHead(request.headers['content-type'] ?? '');
    let size = 0;
    request.on('data', (bytes: Buffer) => {
      head.add(bytes);
      size += bytes.length;
      // A form in chunks does not say how long it is.
      if (size > this.rules.most + ROOM_FOR_FIELDS) form.destroy(this.rules.tooLarge());
    });
    form.on('field', (name, value) => {
      if (name === 'user') this.user ??= value;
      if (name === 'file' && head.isNamed) form.destroy(nameless());
    });
    form.on('file', (name, stream, info) => {
      // Told by the form itself, which ends with it.
      stream.on('error', () => undefined);
      if (name !== 'file') return void stream.resume();
      try {
        this.take(stream, info.filename, head.isTyped ? info.mimeType : undefined);
        this.incoming?.catch((error: Error) => form.destroy((this.storing = error)));
      } catch (error) {
        form.destroy(error as Error);
      }
    });
    await through(request, form).catch((error: unknown) => {
      throw this.storing ?? error;
    });
  }

  /** @throws DifyError when the form has no file */
  async file(): Promise<IncomingFile> {
    if (!this.incoming) throw this.rules.noFile();
    return this.incoming;
  }

  async drop(): Promise<void> {
    const file = await this.incoming?.catch(() => undefined);
    await file?.drop();
  }

  /** A part without a name is a file as well where it says so by its type, whatever the library's types say. */
  private take(stream: Readable, filename: string | undefined, mime: string | undefined): void {
    if (this.incoming) throw tooMany();
    if (filename === undefined) throw nameless();
    if (mime === undefined) throw this.rules.untyped();
    const { rules, appId } = this;
    const facts = rules.factsOf(filename, mimeTypeOf(mime));
    this.incoming = this.files.receive(
      { ...facts, appId, sourceUrl: null },
      atMost(stream, rules.mostOf(facts.kind), rules.tooLarge),
    );
  }
}

/** Unlike a pipeline, leaves the connection open for the answer when the form is refused. */
function through(request: Request, form: Writable): Promise<void> {
  return new Promise((resolve, reject) => {
    form.once('error', (error) => {
      request.unpipe(form);
      request.resume();
      reject(error);
    });
    form.once('close', resolve);
    request.once('close', () => request.complete || form.destroy(new Error('The sender has gone.')));
    request.pipe(form);
  });
}

/** The same bytes, until they are too many. */
export async function* atMost(
  bytes: AsyncIterable<Buffer>,
  most: number,
  refusal: () => Error,
): AsyncGenerator<Buffer> {
  let size = 0;
  for await (const piece of bytes) {
    size += piece.length;
    if (size > most) throw refusal();
    yield piece;
  }
}
