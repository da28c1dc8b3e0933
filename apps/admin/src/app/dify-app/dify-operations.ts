/** The operations of Dify's API for apps, as clients call them; `{}` stands for any parameter of a path. */
export const DIFY_OPERATIONS = [
  'POST /chat-messages',
  'POST /chat-messages/{}/stop',
  'GET /messages',
  'GET /messages/{}/suggested',
  'POST /messages/{}/feedbacks',
  'GET /app/feedbacks',
  'GET /conversations',
  'DELETE /conversations/{}',
  'POST /conversations/{}/name',
  'GET /conversations/{}/variables',
  'PUT /conversations/{}/variables/{}',
  'POST /files/upload',
  'GET /files/{}/preview',
  'POST /audio-to-text',
  'POST /text-to-audio',
  'GET /parameters',
  'GET /info',
  'GET /meta',
  'GET /site',
  'GET /apps/annotations',
  'POST /apps/annotations',
  'PUT /apps/annotations/{}',
  'DELETE /apps/annotations/{}',
  'POST /apps/annotation-reply/{}',
  'GET /apps/annotation-reply/{}/status/{}',
  'GET /end-users/{}',
  'POST /completion-messages',
  'POST /workflows/run',
] as const;

/** The part of an OpenAPI document that says which operations there are. */
export interface Operations {
  readonly paths: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** Dify's operations, each with whether the server's own description names it. */
export function compatibilityOf({ paths }: Operations): { readonly operation: string; readonly isOffered: boolean }[] {
  const offered = new Set(
    Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replace(/^\/v1(?=\/|$)/, '')}`),
    ),
  );
  const bare = new Set([...offered].map((operation) => operation.replace(/\{[^}]*\}/g, '{}')));
  return DIFY_OPERATIONS.map((operation) => ({ operation, isOffered: bare.has(operation) }));
}
