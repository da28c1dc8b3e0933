import { HttpClient, httpResource, type HttpResourceRef } from '@angular/common/http';
import { inject, Service } from '@angular/core';
import type { CreateUserDto, InvitedUserDto, UpdateUserDto, UserDetailsDto, UserListDto } from '@opsagent/contracts';
import { firstValueFrom } from 'rxjs';

const USERS = '/api/users';

/** What administrators do with users. */
@Service()
export class UserClient {
  private readonly http = inject(HttpClient);

  /** Must be called where signals may be injected. */
  list(): HttpResourceRef<UserListDto | undefined> {
    return httpResource<UserListDto>(() => USERS);
  }

  create(input: CreateUserDto): Promise<InvitedUserDto> {
    return firstValueFrom(this.http.post<InvitedUserDto>(USERS, input));
  }

  /** With a new invitation a lost password is chosen anew as well. */
  invite(id: string): Promise<InvitedUserDto> {
    return firstValueFrom(this.http.post<InvitedUserDto>(`${USERS}/${id}/invitation`, null));
  }

  update(id: string, input: UpdateUserDto): Promise<UserDetailsDto> {
    return firstValueFrom(this.http.patch<UserDetailsDto>(`${USERS}/${id}`, input));
  }

  async signOut(id: string): Promise<void> {
    await firstValueFrom(this.http.post(`${USERS}/${id}/sign-out`, null));
  }

  async unlink(id: string): Promise<void> {
    await firstValueFrom(this.http.delete(`${USERS}/${id}/identities`));
  }

  async resetTotp(id: string): Promise<void> {
    await firstValueFrom(this.http.delete(`${USERS}/${id}/totp`));
  }
}
