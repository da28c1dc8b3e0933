import { Injectable, RequestMethod } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { StartError } from '../config/start-error.js';
import { AccessRules, type Access } from './access.js';

type Handler = (...args: never[]) => unknown;
type Class = abstract new (...args: never[]) => unknown;

/** One method of a controller at one path. */
export interface Route {
  readonly method: string;
  readonly path: string;
  readonly controller: Class;
  readonly handler: Handler;
}

/** Every route of the server with the access it has; nothing is reachable that is not written down. */
@Injectable()
export class RouteTable {
  private readonly access = new Map<Handler, Access>();
  private patterns: { method: string; pattern: RegExp }[] = [];

  constructor(
    private readonly rules: AccessRules,
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
  ) {}

  /** @throws StartError when a route has no access written down, or an access no route. */
  check(): void {
    const routes = this.all();
    const names = new Set(routes.map(nameOf));
    const unknown = [...names].filter((name) => this.rules.routes[name] === undefined);
    const stale = Object.keys(this.rules.routes).filter((name) => !names.has(name));
    if (unknown.length > 0) throw new StartError(`No permission is written down for ${unknown.join(', ')}.`);
    if (stale.length > 0) throw new StartError(`A permission is written down for missing ${stale.join(', ')}.`);
    for (const route of routes) this.access.set(route.handler, this.rules.routes[nameOf(route)] ?? 'nobody');
    this.patterns = routes.map(({ method, path }) => ({ method, pattern: patternOf(path) }));
  }

  /** The access a handler has; undefined for one that is no route. */
  accessOf(handler: object): Access | undefined {
    return this.access.get(handler as Handler);
  }

  /** The methods a path answers to, catch-all routes left aside. */
  methodsAt(path: string): string[] {
    const methods = this.patterns.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method);
    return [...new Set(methods)].filter((method) => method !== 'ALL').sort();
  }

  /** Every route of every controller. */
  all(): Route[] {
    return this.discovery
      .getControllers()
      .flatMap(({ metatype }) => (metatype ? this.routesOf(metatype as Class) : []));
  }

  private routesOf(controller: Class): Route[] {
    const prototype = controller.prototype as Record<string, Handler>;
    return this.scanner.getAllMethodNames(prototype).flatMap((name) => {
      const handler = prototype[name];
      const method = handler && (Reflect.getMetadata(METHOD_METADATA, handler) as RequestMethod | undefined);
      if (!handler || method === undefined) return [];
      return pathsOf(controller, handler).map((path) => ({ method: RequestMethod[method], path, controller, handler }));
    });
  }
}

export function nameOf({ method, path }: Pick<Route, 'method' | 'path'>): string {
  return `${method} ${path}`;
}

function pathsOf(controller: Class, handler: Handler): string[] {
  const parts = (target: Class | Handler): string[] =>
    [Reflect.getMetadata(PATH_METADATA, target) as string | string[]].flat();
  return parts(controller).flatMap((prefix) => parts(handler).map((path) => joined(prefix, path)));
}

function joined(...parts: string[]): string {
  const path = parts.flatMap((part) => part.split('/')).filter((part) => part !== '');
  return `/${path.join('/')}`;
}

/** `:id` stands for one part of a path, `*rest` for all that follow. */
function patternOf(path: string): RegExp {
  const parts = path.split('/').map((part) => {
    if (part.startsWith(':')) return '[^/]+';
    return part.startsWith('*') ? '.+' : part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
  });
  return new RegExp(`^${parts.join('/')}/?$`, 'i');
}
