import { Injectable } from '@nestjs/common';
import type { ApprovalPolicyDto } from '@opsagent/contracts';
import { AuditLog } from '../../platform/audit/audit-log.js';
import { Database } from '../../platform/database/database.js';
import { Settings } from '../../platform/database/settings.js';

const SETTING = 'approval_policy';
const USUAL: ApprovalPolicyDto = { allows_requester: true, expires_after_minutes: 30 };

/** How approvals are given. */
@Injectable()
export class ApprovalPolicy {
  constructor(
    private readonly settings: Settings,
    private readonly database: Database,
    private readonly audit: AuditLog,
  ) {}

  async get(): Promise<ApprovalPolicyDto> {
    return { ...USUAL, ...(await this.settings.get<Partial<ApprovalPolicyDto>>(SETTING)) };
  }

  async set({ allows_requester, expires_after_minutes }: ApprovalPolicyDto): Promise<ApprovalPolicyDto> {
    const after = { allows_requester, expires_after_minutes };
    await this.database.transaction(async () => {
      const before = { ...(await this.get()) };
      await this.settings.set(SETTING, after);
      const target = { targetType: 'approval_policy', targetId: null, targetName: null };
      await this.audit.record({ action: 'approval_policy.update', ...target, before, after: { ...after } });
    });
    return after;
  }
}
