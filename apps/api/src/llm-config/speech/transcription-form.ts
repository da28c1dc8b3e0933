import { randomUUID } from 'node:crypto';
import type { SpeechRequest } from './speech-calls.js';

/** Recorded speech. */
export interface Recording {
  /** What it is called there: services tell its format by its end. */
  readonly name: string;
  readonly mimeType: string;
  readonly size: number;
  /** Its bytes, from the beginning at every call. */
  open(): AsyncIterable<Buffer>;
}

/** The form that asks for what was said; its file is not held in memory. */
export function transcriptionForm(model: string, recording: Recording): Pick<SpeechRequest, 'headers' | 'body'> {
  const boundary = `opsagent-${randomUUID()}`;
  const head = Buffer.from(
    [field(boundary, 'model', model), field(boundary, 'response_format', 'json'), fileHead(boundary, recording)].join(
      '',
    ),
  );
  const tail = Buffer.from(`\r\n--${boundary}--\r\n`);
  return {
    headers: {
      'content-type': `multipart/form-data; boundary=${boundary}`,
      'content-length': String(head.length + recording.size + tail.length),
    },
    body: async function* () {
      yield head;
      yield* recording.open();
      yield tail;
    },
  };
}

function field(boundary: string, name: string, value: string): string {
  return `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
}

function fileHead(boundary: string, { name, mimeType }: Recording): string {
  const disposition = `form-data; name="file"; filename="${name}"`;
  return `--${boundary}\r\nContent-Disposition: ${disposition}\r\nContent-Type: ${mimeType}\r\n\r\n`;
}
