import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import type { Request } from 'express';
import { Forbidden, ScopeMissing, Unauthenticated } from '../errors/access.errors.js';
import { RequestLimits } from '../limits/limits.js';
import { AccessRules } from './access.js';
import { AppKeys, Authenticator, type UserActor } from './authenticator.js';
import { RefusedRequests } from './refused-requests.js';
import { RequestContexts } from './request-context.js';
import { RouteTable } from './route-table.js';

/** Lets a request through to its route, or not: denied unless the table of routes says otherwise. */
@Injectable()
export class AccessGuard implements CanActivate {
  private appKeys: AppKeys | undefined;

  constructor(
    private readonly rules: AccessRules,
    private readonly routes: RouteTable,
    private readonly contexts: RequestContexts,
    private readonly authenticator: Authenticator,
    private readonly refused: RefusedRequests,
    private readonly moduleRef: ModuleRef,
    private readonly limits: RequestLimits,
  ) {}

  canActivate(context: ExecutionContext): boolean | Promise<boolean> {
    const access = this.routes.accessOf(context.getHandler());
    const request = context.switchToHttp().getRequest<Request>();
    if (access === 'public') return true;
    if (access === 'app-key') return this.appCalls(request);
    return this.userCalls(request, access);
  }

  private async userCalls(request: Request, access: string | undefined): Promise<boolean> {
    const actor = await this.authenticator.authenticate(request);
    const current = this.contexts.current();
    if (current) current.actor = actor;
    const counting = this.limits.take([{ kind: 'user', id: actor.userId, role: actor.role }], access ?? '');
    if (counting) await counting;
    if (!this.mayCall(actor, access)) throw new Forbidden(undefined, access);
    if (!this.rules.covers(actor.token?.scopes, access ?? ''))
      throw new ScopeMissing(this.rules.scopesFor(access ?? ''));
    return true;
  }

  private mayCall({ role }: UserActor, access: string | undefined): boolean {
    return access === 'any-user' || access === 'signed-in' || (access !== undefined && this.rules.allows(role, access));
  }

  /** Stays synchronous where the keys are: the chat path waits for nothing here. */
  private appCalls(request: Request): boolean | Promise<boolean> {
    this.appKeys ??= this.findAppKeys();
    try {
      const checked = this.appKeys.authenticate(request.headers.authorization, request);
      return checked === undefined ? true : checked.then(() => true).catch((error) => this.refuse(request, error));
    } catch (error) {
      return this.refuse(request, error);
    }
  }

  /** What is no key is written down, and answered the way the wire answers. */
  private async refuse(request: Request, error: unknown): Promise<never> {
    if (request.headers.authorization) await this.refused.record(request, 'app-key');
    throw error;
  }

  /** A feature above the platform provides these, so they are looked up when first needed. */
  private findAppKeys(): AppKeys {
    try {
      return this.moduleRef.get(AppKeys, { strict: false });
    } catch (cause) {
      throw new Unauthenticated('No app key is accepted here.', { cause });
    }
  }
}
