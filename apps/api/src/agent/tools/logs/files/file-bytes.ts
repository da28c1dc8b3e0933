import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { type AllowedFile, isStill } from '../../../sources/files/allowed-files.js';

/** The text of a file, to be read at any place. */
export interface FileBytes {
  readonly size: number;
  /** What of it is not there, in words; undefined when it is whole. */
  readonly lack?: string;
  /** Fewer bytes than asked for when the file has become shorter meanwhile. */
  read(at: number, length: number): Buffer;
  close(): void;
}

/** A file that cannot be read; the message goes on from its name. */
export class FileRefused extends Error {}

/** Of a packed file only its end is kept, so that a bomb needs no more than this. */
const MOST_UNPACKED = 64 * 1024 * 1024;
const SNIFFED = 8 * 1024;
const PIECE = 256 * 1024;
const NOT_TEXT = 'is not a text file';

/** Opens a file. @throws FileRefused when it is no text or has been exchanged for another since it was found */
export async function openedFile(file: AllowedFile, isInTime: () => boolean): Promise<FileBytes> {
  const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK } = constants;
  const descriptor = opened(file.real, O_RDONLY | (O_NOFOLLOW ?? 0) | (O_NONBLOCK ?? 0));
  try {
    const stats = fstatSync(descriptor);
    if (!stats.isFile() || !isStill(file.real, stats))
      throw new FileRefused('was exchanged for another file meanwhile');
    const isPacked = readAt(descriptor, 0, 2).equals(Buffer.from([0x1f, 0x8b]));
    const bytes = isPacked ? await unpacked(descriptor, isInTime) : plain(descriptor, stats.size);
    if (bytes.read(Math.max(0, bytes.size - SNIFFED), SNIFFED).includes(0)) throw new FileRefused(NOT_TEXT);
    return bytes;
  } catch (error) {
    closeSync(descriptor);
    throw error;
  }
}

function opened(path: string, flags: number): number {
  try {
    return openSync(path, flags);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new FileRefused(
      code === 'EACCES'
        ? 'may not be read by the user this server runs as'
        : `cannot be read (${code ?? 'for no known reason'})`,
    );
  }
}

function plain(descriptor: number, size: number): FileBytes {
  return {
    size,
    read: (at, length) => readAt(descriptor, at, Math.min(length, size - at)),
    close: () => closeSync(descriptor),
  };
}

async function unpacked(descriptor: number, isInTime: () => boolean): Promise<FileBytes> {
  const chunks: Buffer[] = [];
  let kept = 0;
  let lack: string | undefined;
  try {
    for await (const chunk of Readable.from(piecesOf(descriptor)).pipe(createGunzip()) as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      kept += chunk.length;
      while (kept - (chunks[0]?.length ?? 0) > MOST_UNPACKED) {
        kept -= chunks.shift()?.length ?? 0;
        lack = 'is so large when unpacked that only its end was searched';
      }
      if (!isInTime()) {
        lack = 'takes so long to unpack that only a part of it was searched';
        break;
      }
    }
  } catch (error) {
    if (kept === 0) throw new FileRefused(`cannot be unpacked (${(error as Error).message})`);
    lack = 'is damaged, and only its readable beginning was searched';
  }
  const text = Buffer.concat(chunks);
  return {
    size: text.length,
    ...(lack === undefined ? {} : { lack }),
    read: (at, length) => text.subarray(at, at + length),
    close: () => closeSync(descriptor),
  };
}

function* piecesOf(descriptor: number): Generator<Buffer> {
  for (let at = 0, piece = readAt(descriptor, 0, PIECE); piece.length > 0; piece = readAt(descriptor, at, PIECE)) {
    at += piece.length;
    yield piece;
  }
}

function readAt(descriptor: number, at: number, length: number): Buffer {
  const bytes = Buffer.allocUnsafe(Math.max(0, length));
  let read = 0;
  while (read < length) {
    const more = readSync(descriptor, bytes, read, length - read, at + read);
    if (more === 0) break;
    read += more;
  }
  return bytes.subarray(0, read);
}
