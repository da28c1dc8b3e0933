import { DiscoveryService, MetadataScanner, ModulesContainer, NestFactory } from '@nestjs/core';
import type { OpenAPIObject } from '@nestjs/swagger';
import { AppModule } from './app.module.js';
import { RouteTable } from './platform/actor/route-table.js';
import { Environment } from './platform/config/environment.js';
import type { OpenDatabase } from './platform/database/open-database.js';
import { ApiDocuments, type OpenApiVersion } from './platform/http/openapi/api-documents.js';
import { ACCESS_RULES } from './route-permissions.js';

/** A preview of the application opens nothing, so there need not be anything to open. */
const NOWHERE: OpenDatabase = { options: {}, where: 'nowhere', dataDir: '', close: () => Promise.resolve() };

/** The API document of this program, without a database and without starting anything. */
export async function describeApi(version: OpenApiVersion): Promise<OpenAPIObject> {
  const module = AppModule.forRoot(new Environment(), NOWHERE);
  const app = await NestFactory.create(module, { preview: true, logger: false, abortOnError: false });
  const discovery = new DiscoveryService(app.get(ModulesContainer));
  const documents = new ApiDocuments(new RouteTable(ACCESS_RULES, discovery, new MetadataScanner()), ACCESS_RULES);
  documents.attach(app);
  return documents.get(version);
}
