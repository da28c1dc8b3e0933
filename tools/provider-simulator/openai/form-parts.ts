import type { Exchange } from '../exchange.ts';
import { invalid } from './openai-refusal.ts';

/** One part of a form. */
export interface FormPart {
  readonly name: string;
  readonly bytes: Buffer;
  /** What its head says of a file; empty for a field. */
  readonly told: { readonly filename?: string; readonly type?: string; readonly size?: number };
}

/** The parts of the body, which must be a form that ends as one should. @throws OpenAiRefusal */
export function partsOf({ request, bytes }: Exchange): FormPart[] {
  const type = request.headers['content-type'] ?? '';
  const boundary = /^multipart\/form-data;.*\bboundary="?([^";]+)"?/i.exec(type)?.[1];
  if (boundary === undefined) {
    throw invalid(
      `Unsupported content type: '${type}'. This API method only accepts 'multipart/form-data' requests.`,
      null,
      'unsupported_content_type',
    );
  }
  const parts: FormPart[] = [];
  const mark = Buffer.from(`--${boundary}`);
  let at = bytes.indexOf(mark);
  while (at >= 0 && bytes.toString('latin1', at + mark.length, at + mark.length + 2) === '\r\n') {
    const next = bytes.indexOf(mark, at + mark.length);
    if (next < 0) break;
    parts.push(partIn(bytes.subarray(at + mark.length + 2, next - 2)));
    at = next;
  }
  if (at < 0 || bytes.toString('latin1', at + mark.length, at + mark.length + 2) !== '--') {
    throw invalid('Could not parse multipart form');
  }
  return parts;
}

function partIn(bytes: Buffer): FormPart {
  const end = bytes.indexOf('\r\n\r\n');
  const head = bytes.toString('utf8', 0, end);
  const value = bytes.subarray(end + 4);
  const filename = /filename="([^"]*)"/i.exec(head)?.[1];
  const type = /^content-type: *(\S+)/im.exec(head)?.[1];
  const told = filename === undefined ? {} : { filename, ...(type !== undefined && { type }), size: value.length };
  return { name: /[; ]name="([^"]*)"/i.exec(head)?.[1] ?? '', bytes: value, told };
}
