import type { UploadRules } from '../files/upload.js';
import { DifyError } from '../wire/dify-error.js';

const MEGABYTE = 1024 * 1024;
const LARGEST_MB = 30;

/** What each media type is called when it is sent on: services tell a format by the end of its name. */
const EXTENSIONS: Readonly<Record<string, string>> = {
  'audio/mp3': 'mp3',
  'audio/mpeg': 'mp3',
  'audio/mpga': 'mpga',
  'audio/m4a': 'm4a',
  'audio/x-m4a': 'm4a',
  'audio/mp4': 'm4a',
  'audio/wav': 'wav',
  'audio/x-wav': 'wav',
  'audio/wave': 'wav',
  'audio/vnd.wave': 'wav',
  'audio/amr': 'amr',
};

const notAllowed = (): DifyError => new DifyError(415, 'unsupported_audio_type', 'Audio type not allowed.');

/** Recordings to be turned into text. Their media type decides; what a client calls them is not kept. */
export const AUDIO_FILE: UploadRules = {
  most: LARGEST_MB * MEGABYTE,
  noFile: () => new DifyError(400, 'no_audio_uploaded', 'Please upload your audio.'),
  tooLarge: () => new DifyError(413, 'audio_too_large', `Audio size larger than ${LARGEST_MB} mb`),
  untyped: notAllowed,
  factsOf: (_name, mimeType) => {
    const extension = EXTENSIONS[mimeType];
    if (extension === undefined) throw notAllowed();
    return { name: `audio.${extension}`, extension, kind: 'audio', mimeType };
  },
  mostOf: () => LARGEST_MB * MEGABYTE,
};
