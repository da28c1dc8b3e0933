import { HttpClient } from '@angular/common/http';
import { inject, Service } from '@angular/core';
import type {
  ApprovalDto,
  ApprovalFilter,
  ApprovalListDto,
  ApprovalPolicyDto,
  DecideApprovalDto,
} from '@opsagent/contracts';
import { firstValueFrom } from 'rxjs';

const APPROVALS = '/api/approvals';
const POLICY = '/api/approval-policy';

/** Which requests for approval are asked for; what is absent does not matter. */
export interface ApprovalQuery {
  readonly state?: ApprovalFilter;
  readonly mine?: boolean;
  readonly session_id?: string;
  readonly limit?: number;
}

/** Requests for approval, and how they are given. */
@Service()
export class ApprovalClient {
  private readonly http = inject(HttpClient);

  list(query: ApprovalQuery): Promise<ApprovalListDto> {
    return firstValueFrom(this.http.get<ApprovalListDto>(APPROVALS, { params: { ...query } }));
  }

  get(id: string): Promise<ApprovalDto> {
    return firstValueFrom(this.http.get<ApprovalDto>(`${APPROVALS}/${id}`));
  }

  decide(id: string, input: DecideApprovalDto): Promise<ApprovalDto> {
    return firstValueFrom(this.http.post<ApprovalDto>(`${APPROVALS}/${id}/decision`, input));
  }

  /** Says what was found where nobody knew whether the action was done. */
  acknowledge(id: string, note: string): Promise<ApprovalDto> {
    return firstValueFrom(this.http.post<ApprovalDto>(`${APPROVALS}/${id}/acknowledge`, { note }));
  }

  policy(): Promise<ApprovalPolicyDto> {
    return firstValueFrom(this.http.get<ApprovalPolicyDto>(POLICY));
  }

  setPolicy(input: ApprovalPolicyDto): Promise<ApprovalPolicyDto> {
    return firstValueFrom(this.http.put<ApprovalPolicyDto>(POLICY, input));
  }
}
