import { applyDecorators, Controller, UseFilters } from '@nestjs/common';
import { Describe, type Description } from '../../platform/http/describe.js';
import { DifyErrorBody } from './chat-events.js';
import { DifyErrorFilter } from './dify-error.filter.js';

/** A controller whose errors are Dify's, those of its guards included. */
export function DifyController(path: string): ClassDecorator {
  return applyDecorators(Controller(path), UseFilters(DifyErrorFilter));
}

/** Describes an operation of Dify's wire for the API document. */
export function DescribeDify(summary: string, description: Description): MethodDecorator {
  return Describe(summary, { problemShape: DifyErrorBody, ...description });
}
