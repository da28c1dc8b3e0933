import type { EndUser } from '../end-users/end-user.entity.js';
import { derivedId } from './derived-id.js';
import { Field } from './field.js';

/** There is one tenant: this server. */
const TENANT = derivedId('tenant', 'opsagent');

/** Somebody a client speaks for. */
export class DifyEndUser {
  @Field({ type: 'string', format: 'uuid', description: 'Names the end user.' })
  id!: string;

  @Field({ type: 'string', format: 'uuid', description: 'Always the same.' })
  tenant_id!: string;

  @Field({ type: 'string', format: 'uuid', nullable: true, description: 'The app.' })
  app_id!: string | null;

  @Field({ type: 'string', description: 'Always `service_api`.', example: 'service_api' })
  type!: 'service_api';

  @Field({ type: 'string', nullable: true, description: 'The `user` of the client, as sent.' })
  external_user_id!: string | null;

  @Field({ type: 'string', nullable: true, description: 'Always null.' })
  name!: null;

  @Field({ type: 'boolean', description: 'Whether the client named nobody.' })
  is_anonymous!: boolean;

  @Field({ type: 'string', description: 'The `user` of the client, as sent.' })
  session_id!: string;

  @Field({ type: 'string', format: 'date-time', description: 'When the end user was first seen.' })
  created_at!: string;

  @Field({ type: 'string', format: 'date-time', description: 'When this was last changed.' })
  updated_at!: string;
}

export function toEndUser({ id, appId, sessionId, isAnonymous, createdAt, updatedAt }: EndUser): DifyEndUser {
  return {
    id,
    tenant_id: TENANT,
    app_id: appId,
    type: 'service_api',
    external_user_id: sessionId,
    name: null,
    is_anonymous: isAnonymous,
    session_id: sessionId,
    created_at: createdAt.toISOString(),
    updated_at: updatedAt.toISOString(),
  };
}
