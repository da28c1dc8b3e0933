import { json, type Request, type Response } from 'express';
import { BodyTooLarge, MalformedJson, UnsupportedMedia } from '../errors/http.errors.js';

type Reader = ReturnType<typeof json>;

/** Reads the JSON body of a request, bounded; a wire says how large it may be. */
export class JsonBody {
  private readonly read: Reader;

  constructor(private readonly limitBytes: number) {
    // Whether it is JSON at all is decided in parseInto, so that an absent content type is refused too.
    this.read = json({ limit: limitBytes, strict: false, type: () => true });
  }

  /**
   * Puts the parsed body into `request.body`; a request without a body has none.
   * @throws MalformedJson, UnsupportedMedia, BodyTooLarge
   */
  async parseInto(request: Request, response: Response): Promise<void> {
    if (!hasBody(request)) return;
    if (!isJson(request.headers['content-type'])) throw new UnsupportedMedia();
    if (Number(request.headers['content-length'] ?? 0) > this.limitBytes) throw new BodyTooLarge(this.limitBytes);
    await new Promise<void>((resolve, reject) => {
      if (request.headers['transfer-encoding'] !== undefined) this.bound(request, reject);
      this.read(request, response, (error?: Error) => (error ? reject(this.named(error)) : resolve()));
    });
  }

  /** The reader itself tells of a body that is too large when all of it has come, which may be never. */
  private bound(request: Request, tell: (error: BodyTooLarge) => void): void {
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > this.limitBytes) tell(new BodyTooLarge(this.limitBytes));
    });
  }

  /** Gives the errors of the body reader our own names (their `type` is its documented contract). */
  private named(error: Error): Error {
    const { type, status } = error as { type?: string; status?: number };
    if (type === 'entity.too.large') return new BodyTooLarge(this.limitBytes);
    if (status === 415) return new UnsupportedMedia();
    return status === 400 ? new MalformedJson({ cause: error }) : error;
  }
}

export function hasBody({ headers }: Request): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

/** `application/json` and whatever ends in `+json`. */
export function isJson(contentType: string | undefined): boolean {
  return /^\s*application\/([\w.-]+\+)?json\s*(;|$)/i.test(contentType ?? '');
}
