import type { FileKind } from '@opsagent/contracts';

const MEGABYTE = 1024 * 1024;

/** Dify's limits, in MB, as `GET /v1/parameters` tells them. */
export const LARGEST_MB = {
  image_file_size_limit: 10,
  video_file_size_limit: 100,
  audio_file_size_limit: 50,
  file_size_limit: 15,
  workflow_file_upload_limit: 10,
};

/** The largest file of each kind, in bytes. */
export const LARGEST: Readonly<Record<FileKind, number>> = {
  image: LARGEST_MB.image_file_size_limit * MEGABYTE,
  document: LARGEST_MB.file_size_limit * MEGABYTE,
  audio: LARGEST_MB.audio_file_size_limit * MEGABYTE,
  video: LARGEST_MB.video_file_size_limit * MEGABYTE,
  custom: LARGEST_MB.file_size_limit * MEGABYTE,
};

const EXTENSIONS: readonly [FileKind, string][] = [
  ['image', 'jpg jpeg png webp gif svg'],
  ['video', 'mp4 mov mpeg webm'],
  ['audio', 'mp3 m4a wav amr mpga'],
  ['document', 'txt markdown md mdx pdf html htm xlsx xls docx csv vtt properties doc eml msg pptx ppt xml epub'],
];
const KINDS = new Map(EXTENSIONS.flatMap(([kind, names]) => names.split(' ').map((name) => [name, kind] as const)));

/** What a name does not tell of a file from the web, its media type may. */
const EXTENSION_OF: Readonly<Record<string, string>> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
  'image/gif': 'gif',
  'image/svg+xml': 'svg',
  'video/mp4': 'mp4',
  'audio/mpeg': 'mp3',
  'audio/wav': 'wav',
  'application/pdf': 'pdf',
  'text/plain': 'txt',
  'text/markdown': 'md',
  'text/csv': 'csv',
  'text/html': 'html',
};

export function kindOf(extension: string): FileKind {
  return KINDS.get(extension) ?? 'custom';
}

/** What a name ends in, lower case and without the dot; empty when there is nothing. */
export function extensionOf(name: string, mimeType?: string): string {
  const end = /\.([\p{L}\p{N}]{1,20})$/u.exec(name)?.[1]?.toLowerCase() ?? '';
  return KINDS.has(end) ? end : (EXTENSION_OF[mimeType ?? ''] ?? end);
}

/** A media type as it may stand in a header. */
export function mimeTypeOf(text: string | undefined): string {
  const type = /^\s*([\w.+-]+\/[\w.+-]+)/.exec(text ?? '')?.[1]?.toLowerCase();
  return type !== undefined && type.length <= 100 ? type : 'application/octet-stream';
}
