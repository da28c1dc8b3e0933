import type { StoredFile } from '../../session/files/stored-file.entity.js';
import { Field } from './field.js';
import { unixSeconds } from './usage.js';

const ALWAYS_NULL = { type: 'string', nullable: true, description: 'Always null.' } as const;

/** A form with a file; its fields may come in any order. */
export class DifyUploadForm {
  @Field({ type: 'string', format: 'binary', description: 'The file, exactly one.' })
  file!: string;

  @Field({ type: 'string', required: false, description: 'Whom the client speaks for.' })
  user?: string;
}

/** What a preview is asked for with. */
export class DifyPreviewQuery {
  @Field({ type: 'string', required: false, description: 'Whom the client speaks for.' })
  user?: string;

  @Field({ type: 'boolean', required: false, default: false, description: 'Whether it is downloaded.' })
  as_attachment?: boolean;
}

/** What a signed address carries. */
export class DifySignedQuery {
  @Field({ type: 'string', description: 'When it was signed, in Unix seconds.' })
  timestamp!: string;

  @Field({ type: 'string', description: 'Makes it one of its kind.' })
  nonce!: string;

  @Field({ type: 'string', description: 'Proves the others.' })
  sign!: string;
}

/** A file that was taken. */
export class DifyUploadedFile {
  @Field({ type: 'string', format: 'uuid', description: 'Names the file.' })
  id!: string;

  @Field({ type: 'string', description: 'Its name.' })
  name!: string;

  @Field({ type: 'integer', description: 'Its size in bytes.' })
  size!: number;

  @Field({ type: 'string', description: 'What its name ends in, without the dot.' })
  extension!: string;

  @Field({ type: 'string', description: 'Its media type.' })
  mime_type!: string;

  @Field({ type: 'string', format: 'uuid', description: 'The end user that sent it.' })
  created_by!: string;

  @Field({ type: 'integer', description: 'When it came, in Unix seconds.' })
  created_at!: number;

  @Field(ALWAYS_NULL)
  preview_url!: null;

  @Field(ALWAYS_NULL)
  source_url!: null;

  @Field(ALWAYS_NULL)
  original_url!: null;

  @Field(ALWAYS_NULL)
  user_id!: null;

  @Field(ALWAYS_NULL)
  tenant_id!: null;

  @Field(ALWAYS_NULL)
  conversation_id!: null;

  @Field(ALWAYS_NULL)
  file_key!: null;

  @Field(ALWAYS_NULL)
  reference!: null;
}

export function toUploadedFile(file: StoredFile): DifyUploadedFile {
  return {
    id: file.id,
    name: file.name,
    size: file.size ?? 0,
    extension: file.extension,
    mime_type: file.mimeType,
    created_by: file.endUserId ?? '',
    created_at: unixSeconds(file.createdAt),
    preview_url: null,
    source_url: null,
    original_url: null,
    user_id: null,
    tenant_id: null,
    conversation_id: null,
    file_key: null,
    reference: null,
  };
}
