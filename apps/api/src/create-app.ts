import { join } from 'node:path';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { AppModule } from './app.module.js';
import { RequestContexts } from './platform/actor/request-context.js';
import type { Environment } from './platform/config/environment.js';
import { StartupNotes } from './platform/config/startup-notes.js';
import { workspaceRoot } from './platform/config/workspace-root.js';
import type { OpenDatabase } from './platform/database/open-database.js';
import { prepareDatabase } from './platform/database/prepare-database.js';
import { cutUnreadBodies, limitConnections } from './platform/http/connection-limits.js';
import { offTheChatPath } from './platform/http/off-the-chat-path.js';
import { ApiDocuments } from './platform/http/openapi/api-documents.js';
import { serveDocs } from './platform/http/openapi/docs.js';
import { compressedAnswers, neverCached, securityHeaders } from './platform/http/security-headers.js';
import { serveConsole } from './platform/http/spa.js';
import { JsonLogger } from './platform/logging/json-logger.js';
import { requestContext } from './platform/logging/request-log.js';
import { ENTITIES, MIGRATIONS } from './schema.js';

const AS_OWNER =
  'The login of DATABASE_URL may not create roles, so the server works with all rights on its tables; docs/deployment.md tells how it gets fewer.';

export interface CreateAppOptions {
  /** Where log lines go; standard output when absent. */
  log?: { write(line: string): void };
}

/** Builds the whole application around an open database; it does not listen yet. */
export async function createApp(
  environment: Environment,
  database: OpenDatabase,
  options: CreateAppOptions = {},
): Promise<NestExpressApplication> {
  const logger = new JsonLogger(options.log);
  const prepared = await prepareDatabase(database, { entities: ENTITIES, migrations: MIGRATIONS });
  const app = await NestFactory.create<NestExpressApplication>(AppModule.forRoot(environment, prepared), {
    abortOnError: false,
    bodyParser: false,
    forceCloseConnections: true,
    logger,
  });
  const contexts = app.get(RequestContexts);
  logger.takeRequestIdFrom(() => contexts.current()?.id);
  app.disable('x-powered-by');
  app.set('query parser', 'simple');
  // Hashing every answer for its ETag costs more than the few repeated reads would save.
  app.disable('etag');
  if (environment.OPSAGENT_TRUST_PROXY !== undefined) app.set('trust proxy', environment.OPSAGENT_TRUST_PROXY);
  app.use(
    cutUnreadBodies(),
    requestContext(contexts),
    offTheChatPath(securityHeaders(environment.OPSAGENT_HSTS)),
    offTheChatPath(neverCached()),
    offTheChatPath(compressedAnswers()),
    offTheChatPath(serveDocs()),
    offTheChatPath(serveConsole(join(workspaceRoot(), 'dist/admin/browser'))),
  );
  limitConnections(app.getHttpServer());
  app.get(ApiDocuments).attach(app);
  if (prepared.role === null) app.get(StartupNotes).add(AS_OWNER);
  return app;
}
