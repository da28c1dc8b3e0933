import { FILE_KIND, FILE_TRANSFER, type FileKind, type FileTransfer } from '@opsagent/contracts';
import type { FileInMessage } from '../../session/files/file.repository.js';
import { Field } from './field.js';

/** A file of a message. */
export class DifyMessageFile {
  @Field({ type: 'string', format: 'uuid', description: 'Names the file in this message.' })
  id!: string;

  @Field({ type: 'string', description: 'Its name.' })
  filename!: string;

  @Field({ type: 'string', set: FILE_KIND, description: 'Its kind.' })
  type!: FileKind;

  @Field({ type: 'string', nullable: true, description: 'Where it can be seen without a key, for a while.' })
  url!: string | null;

  @Field({ type: 'string', description: 'Its media type.' })
  mime_type!: string;

  @Field({ type: 'integer', description: 'Its size in bytes.' })
  size!: number;

  @Field({ type: 'string', set: FILE_TRANSFER, description: 'How it came.' })
  transfer_method!: FileTransfer;

  @Field({ type: 'string', description: 'Always `user`.', example: 'user' })
  belongs_to!: 'user';

  @Field({
    type: 'string',
    format: 'uuid',
    nullable: true,
    description: 'Names the upload; null for one from an address.',
  })
  upload_file_id!: string | null;
}

export function toMessageFile(file: FileInMessage, url: string | null): DifyMessageFile {
  return {
    id: file.id,
    filename: file.name,
    type: file.kind,
    url,
    mime_type: file.mimeType,
    size: file.size,
    transfer_method: file.transferMethod,
    belongs_to: 'user',
    upload_file_id: file.transferMethod === 'local_file' ? file.fileId : null,
  };
}
