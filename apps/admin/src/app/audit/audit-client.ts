import { HttpClient, httpResource, type HttpResourceRef } from '@angular/common/http';
import { inject, Service } from '@angular/core';
import type { AuditEntryDto, AuditFormat, AuditListDto, AuditVerificationDto } from '@opsagent/contracts';
import { firstValueFrom } from 'rxjs';

const BASE = '/api/audit';

/** The audit log over HTTP. */
@Service()
export class AuditClient {
  private readonly http = inject(HttpClient);

  page(filter: Record<string, string>, skip: number, limit: number): Promise<AuditListDto> {
    return firstValueFrom(this.http.get<AuditListDto>(BASE, { params: { ...filter, skip, limit } }));
  }

  one(seq: () => string | undefined): HttpResourceRef<AuditEntryDto | undefined> {
    return httpResource<AuditEntryDto>(() => {
      const asked = seq();
      return asked ? `${BASE}/${encodeURIComponent(asked)}` : undefined;
    });
  }

  verify(): Promise<AuditVerificationDto> {
    return firstValueFrom(this.http.post<AuditVerificationDto>(`${BASE}/verify`, null));
  }

  /** Where the browser gets the file from by itself, however long it is. */
  exportUrl(filter: Record<string, string>, format: AuditFormat): string {
    return `${BASE}/export?${new URLSearchParams({ ...filter, format }).toString()}`;
  }
}
