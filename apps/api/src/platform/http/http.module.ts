import { Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_PIPE } from '@nestjs/core';
import { AccessGuard } from '../actor/access.guard.js';
import { ProblemFilter } from '../errors/problem.filter.js';
import { ContractValidationPipe } from './contract-validation.pipe.js';
import { HealthController } from './health.controller.js';
import { JsonBodyGuard } from './json-body.guard.js';
import { ApiDocuments } from './openapi/api-documents.js';
import { OpenApiController } from './openapi/openapi.controller.js';

/** What every request goes through: access, body, rules, and the answer to every error. */
@Module({
  controllers: [HealthController, OpenApiController],
  providers: [
    ApiDocuments,
    // The order counts: who is unknown is sent away before a byte of the body is read.
    { provide: APP_GUARD, useClass: AccessGuard },
    { provide: APP_GUARD, useClass: JsonBodyGuard },
    { provide: APP_PIPE, useClass: ContractValidationPipe },
    { provide: APP_FILTER, useClass: ProblemFilter },
  ],
})
export class HttpModule {}
