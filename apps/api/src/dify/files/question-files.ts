import { Injectable } from '@nestjs/common';
import { FILE_KIND, type FileUploadDto } from '@opsagent/contracts';
import type { FileOwner } from '../../session/files/file.repository.js';
import { Files } from '../../session/files/files.js';
import type { StoredFile } from '../../session/files/stored-file.entity.js';
import { type TurnFile, TurnFiles } from '../../session/files/turn-files.js';
import type { App } from '../apps/app.entity.js';
import type { FileCall } from '../wire/chat-call.js';
import { InvalidParam } from '../wire/dify-error.js';
import { isId } from '../wire/read.js';
import { RemoteFiles } from './remote-files.js';

/** The files of a question: found or fetched, and held against what the app takes. */
@Injectable()
export class QuestionFiles {
  constructor(
    private readonly files: Files,
    private readonly turnFiles: TurnFiles,
    private readonly remote: RemoteFiles,
  ) {}

  /** An app that takes no files looks at none. @throws InvalidParam in Dify's words, DifyError */
  async of({ fileUpload: settings }: App, owner: FileOwner, calls: readonly FileCall[]): Promise<TurnFile[]> {
    if (!settings.enabled || calls.length === 0) return [];
    if (calls.length > settings.number_limits) {
      throw new InvalidParam(`Number of files exceeds the maximum limit ${settings.number_limits}`);
    }
    for (const call of calls) checkTransfer(call, settings);
    const uploaded = await this.uploaded(owner, calls);
    const ready: TurnFile[] = [];
    for (const call of calls) {
      const file = uploaded.get(idIn(call)) ?? (await this.remote.fetch(call.url ?? '', owner));
      const kind = kindAllowed(file, call, settings);
      ready.push(await this.turnFiles.prepare(file, { kind, transferMethod: call.transferMethod }));
    }
    return ready;
  }

  private async uploaded(owner: FileOwner, calls: readonly FileCall[]): Promise<Map<string, StoredFile>> {
    const ids = calls.map(idIn).filter((id) => id !== '');
    const found = new Map((await this.files.claim(owner, ids)).map((file) => [file.id, file]));
    if (ids.some((id) => !found.has(id))) throw new InvalidParam('Invalid upload file');
    return found;
  }
}

function checkTransfer({ transferMethod, uploadId }: FileCall, settings: FileUploadDto): void {
  if (!settings.allowed_file_upload_methods.includes(transferMethod)) {
    throw new InvalidParam(`The transfer method ${transferMethod} is not allowed.`);
  }
  if (transferMethod === 'remote_url') return;
  if (typeof uploadId !== 'string' || uploadId === '') throw new InvalidParam('Invalid upload file id');
  if (!isId(uploadId)) throw new InvalidParam('Invalid upload file id format');
}

/** Empty for a file that comes by its address. */
function idIn({ transferMethod, uploadId }: FileCall): string {
  return transferMethod === 'local_file' ? String(uploadId).toLowerCase() : '';
}

/** What a file counts as: an app may take further extensions as `custom`. */
function kindAllowed(
  { name, kind, extension }: StoredFile,
  { type }: FileCall,
  settings: FileUploadDto,
): TurnFile['kind'] {
  const { allowed_file_types: kinds, allowed_file_extensions: extensions } = settings;
  // Where a name tells nothing the client's word counts, as with Dify: bots send bytes without a name.
  const claimed = kind === 'custom' ? (FILE_KIND.values.find((known) => known === type) ?? kind) : kind;
  if (claimed !== 'custom' && type !== 'custom' && kinds.includes(claimed)) return claimed;
  const isListed = extensions.some((listed) => listed.replace(/^\./, '').toLowerCase() === extension);
  if (kinds.includes('custom') && isListed) return 'custom';
  throw new InvalidParam(`File validation failed for file: ${name}`);
}
