import { createParamDecorator, type ExecutionContext, Param } from '@nestjs/common';
import type { Request } from 'express';
import type { App } from '../apps/app.entity.js';
import { type JsonObject, jsonObject, pathId } from './read.js';

/** Where the key's app is kept on its request. */
interface KeyedRequest extends Request {
  difyApp?: App;
}

export function attachApp(request: Request, app: App): void {
  (request as KeyedRequest).difyApp = app;
}

const requestOf = (context: ExecutionContext): KeyedRequest => context.switchToHttp().getRequest<KeyedRequest>();

/** The app whose key the call carries. */
export const CalledApp = createParamDecorator((_: unknown, context: ExecutionContext): App => {
  const { difyApp } = requestOf(context);
  if (difyApp === undefined) throw new Error('A route of an app was reached without its key being checked.');
  return difyApp;
});

/** The JSON object a call carries. */
export const JsonBodyOf = createParamDecorator((_: unknown, context: ExecutionContext): JsonObject =>
  jsonObject(requestOf(context)),
);

/** An id in the path, in lower case. */
export const PathId = (name: string): ParameterDecorator => Param(name, { transform: pathId });
