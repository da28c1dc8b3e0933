import { type DynamicModule, Global, Module, type OnModuleInit } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { AccessRules } from './access.js';
import { RequestActor } from './current-actor.adapter.js';
import { CurrentActor } from './current-actor.js';
import { RefusedRequests } from './refused-requests.js';
import { RequestContexts } from './request-context.js';
import { RouteTable } from './route-table.js';
import { UserStanding } from './user-standing.js';

/** Knows who acts, and who may call which route. */
@Global()
@Module({})
export class ActorModule implements OnModuleInit {
  constructor(private readonly routes: RouteTable) {}

  static forRoot(rules: AccessRules): DynamicModule {
    return {
      module: ActorModule,
      imports: [DiscoveryModule],
      providers: [
        { provide: AccessRules, useValue: rules },
        { provide: CurrentActor, useClass: RequestActor },
        RefusedRequests,
        RequestContexts,
        RouteTable,
        UserStanding,
      ],
      exports: [AccessRules, CurrentActor, RefusedRequests, RequestContexts, RouteTable, UserStanding],
    };
  }

  /** A route nobody decided about must not come up. */
  onModuleInit(): void {
    this.routes.check();
  }
}
