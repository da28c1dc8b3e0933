import { Injectable } from '@nestjs/common';
import type { INestApplication } from '@nestjs/common';
import type { OpenAPIObject } from '@nestjs/swagger';
import { AccessRules } from '../../actor/access.js';
import { RouteTable } from '../../actor/route-table.js';
import { describeContract } from './contract-schemas.js';
import { typeNullableSets } from './nullable-sets.js';
import { Operations, SCHEMES } from './operations.js';

/** The versions the document is offered in: the newer one for reading, the older one for generators that know no other. */
export type OpenApiVersion = '3.1.0' | '3.0.3';

const DESCRIPTION = `OpsAgent keeps model configurations, sessions and an operations agent that runs on the chosen model.

\`/api\` is for the console and for programs: send a personal token as \`Authorization: Bearer <token>\`. \`/v1\` speaks Dify's chat API: send an app key.`;

/** Builds the API documents at the first request: a server that nobody asks for them never loads the builder. */
@Injectable()
export class ApiDocuments {
  private readonly built = new Map<OpenApiVersion, Promise<OpenAPIObject>>();
  private described: Promise<void> | undefined;
  private app: INestApplication | undefined;

  constructor(
    private readonly routes: RouteTable,
    private readonly rules: AccessRules,
  ) {}

  /** Tells which application to describe. */
  attach(app: INestApplication): void {
    this.app = app;
  }

  get(version: OpenApiVersion): Promise<OpenAPIObject> {
    const known = this.built.get(version) ?? this.build(version);
    this.built.set(version, known);
    return known;
  }

  private async build(version: OpenApiVersion): Promise<OpenAPIObject> {
    if (!this.app) throw new Error('There is no application to describe.');
    await (this.described ??= this.describeAll());
    const { DocumentBuilder, SwaggerModule } = await import('@nestjs/swagger');
    const config = new DocumentBuilder()
      .setOpenAPIVersion(version)
      .setTitle('OpsAgent')
      .setDescription(DESCRIPTION)
      .setVersion('0.1.0')
      .addServer('/', 'The server that serves this document')
      .addBearerAuth(
        {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'ops-…',
          description: 'A personal token. It needs one of the scopes that an operation names as `x-token-scopes`.',
        },
        SCHEMES.api,
      )
      .addBearerAuth(
        { type: 'http', scheme: 'bearer', bearerFormat: 'app-…', description: 'A key of an app.' },
        SCHEMES.dify,
      )
      .build();
    const document = SwaggerModule.createDocument(this.app, config, { autoTagControllers: false });
    if (version === '3.0.3') typeNullableSets(document.components?.schemas);
    // Only the newer version has a word for the licence itself; the builder only knows its address.
    document.info.license = { name: 'MIT', ...(version === '3.1.0' ? { identifier: 'MIT' } : {}) };
    delete document.info.contact;
    return document;
  }

  private async describeAll(): Promise<void> {
    const swagger = await import('@nestjs/swagger');
    describeContract(swagger.ApiProperty);
    const operations = new Operations(swagger, this.rules);
    for (const route of this.routes.all()) operations.describe(route);
  }
}
