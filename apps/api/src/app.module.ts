import { type DynamicModule, Module } from '@nestjs/common';
import { AboutModule } from './about/about.module.js';
import { AgentModule } from './agent/agent.module.js';
import { AuditModule } from './audit/audit.module.js';
import { DifyModule } from './dify/dify.module.js';
import { IdentityModule } from './identity/identity.module.js';
import { LlmConfigModule } from './llm-config/llm-config.module.js';
import { OverviewModule } from './overview/overview.module.js';
import { LimitsModule } from './limits/limits.module.js';
import { ActorModule } from './platform/actor/actor.module.js';
import { ClockModule } from './platform/clock/clock.module.js';
import { ConfigModule } from './platform/config/config.module.js';
import type { Environment } from './platform/config/environment.js';
import { DatabaseModule } from './platform/database/database.module.js';
import type { OpenDatabase } from './platform/database/open-database.js';
import { HttpModule } from './platform/http/http.module.js';
import { JobsModule } from './platform/jobs/jobs.module.js';
import { OutboundModule } from './platform/outbound/outbound.module.js';
import { SecretsModule } from './platform/secrets/secrets.module.js';
import { ACCESS_RULES } from './route-permissions.js';
import { ENTITIES, MIGRATIONS } from './schema.js';
import { SessionModule } from './session/session.module.js';

/** The platform and the features, in dependency order. */
@Module({})
export class AppModule {
  static forRoot(environment: Environment, database: OpenDatabase): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ConfigModule.forRoot(environment),
        ClockModule,
        DatabaseModule.forRoot(database, { entities: ENTITIES, migrations: MIGRATIONS }),
        SecretsModule.forRoot(database.dataDir),
        OutboundModule,
        ActorModule.forRoot(ACCESS_RULES),
        HttpModule,
        JobsModule,
        AuditModule,
        LimitsModule,
        IdentityModule,
        LlmConfigModule,
        AgentModule,
        SessionModule,
        DifyModule,
        OverviewModule,
        AboutModule,
      ],
    };
  }
}
