import { Controller, Get } from '@nestjs/common';
import type { OpenAPIObject } from '@nestjs/swagger';
import { ApiDocuments } from './api-documents.js';

/** The API document, for generators of SDKs. */
@Controller()
export class OpenApiController {
  constructor(private readonly documents: ApiDocuments) {}

  @Get('openapi.json')
  newer(): Promise<OpenAPIObject> {
    return this.documents.get('3.1.0');
  }

  @Get('openapi-3.0.json')
  older(): Promise<OpenAPIObject> {
    return this.documents.get('3.0.3');
  }
}
