import { HttpClient, httpResource } from '@angular/common/http';
import { inject, Service } from '@angular/core';
import type { RecoveryCodesDto, RemoveTotpDto, TotpSecretDto, TotpStateDto } from '@opsagent/contracts';
import { firstValueFrom } from 'rxjs';

const ADDRESS = '/api/me/totp';

/** The second factor of one's own account. */
@Service()
export class TwoFactorClient {
  private readonly http = inject(HttpClient);

  /** To be called where a component is made. */
  state() {
    return httpResource<TotpStateDto>(() => ADDRESS);
  }

  start(current_password: string): Promise<TotpSecretDto> {
    return firstValueFrom(this.http.post<TotpSecretDto>(ADDRESS, { current_password }));
  }

  /** Switches it on. @returns the recovery codes */
  async confirm(code: string): Promise<string[]> {
    const answer = this.http.post<RecoveryCodesDto>(`${ADDRESS}/confirm`, { code });
    return (await firstValueFrom(answer)).recovery_codes;
  }

  async renewCodes(code: string): Promise<string[]> {
    const answer = this.http.post<RecoveryCodesDto>(`${ADDRESS}/recovery-codes`, { code });
    return (await firstValueFrom(answer)).recovery_codes;
  }

  async remove(body: RemoveTotpDto): Promise<void> {
    await firstValueFrom(this.http.delete<void>(ADDRESS, { body }));
  }
}
