import { Global, Module } from '@nestjs/common';
import { LimitSubjects } from '../platform/limits/limit-subjects.js';
import { RequestLimits, TurnLimits } from '../platform/limits/limits.js';
import { Budgets } from './budgets.js';
import { LimitController } from './limit.controller.js';
import { LimitNotices } from './limit-notices.js';
import { LimitRepository } from './limit.repository.js';
import { LimitService } from './limit.service.js';
import { LimitStates } from './limit-states.js';
import { LimitStore } from './limit-store.js';
import { CountedRequests } from './request-limits.adapter.js';
import { RunSlotRepository } from './run-slot.repository.js';
import { RunSlots } from './run-slots.js';
import { LimitedTurns } from './turn-limits.adapter.js';
import { UsageLedger } from './usage-ledger.js';
import { UsageRepository } from './usage.repository.js';

/** How much everybody may use; the others reach it through `RequestLimits` and `TurnLimits`. */
@Global()
@Module({
  controllers: [LimitController],
  providers: [
    { provide: RequestLimits, useExisting: CountedRequests },
    { provide: TurnLimits, useClass: LimitedTurns },
    Budgets,
    CountedRequests,
    LimitNotices,
    LimitRepository,
    LimitService,
    LimitStates,
    LimitStore,
    LimitSubjects,
    RunSlotRepository,
    RunSlots,
    UsageLedger,
    UsageRepository,
  ],
  exports: [LimitStates, LimitSubjects, RequestLimits, TurnLimits],
})
export class LimitsModule {}
