import { HttpClient } from '@angular/common/http';
import { computed, inject, Service, signal } from '@angular/core';
import type {
  AcceptInvitationDto,
  LoginDto,
  MeDto,
  Role,
  SetupDto,
  SetupStateDto,
  UpdateMeDto,
} from '@opsagent/contracts';
import { firstValueFrom } from 'rxjs';
import { Preview } from './preview.js';
import { toProblem } from './problem.js';

/** From least to most; `auditor` reads like a viewer and changes nothing. */
const LADDER: readonly Role[] = ['viewer', 'operator', 'approver', 'admin'];

/** Who uses the console. What they may do is only reflected here: the server decides. */
@Service()
export class CurrentUser {
  private readonly http = inject(HttpClient);
  private readonly preview = inject(Preview);
  private readonly known = signal<MeDto | null>(null);
  readonly me = this.known.asReadonly();
  private readonly found = signal<SetupStateDto | null>(null);
  /** What the server last said of its set-up; null until it has answered. */
  readonly setup = this.found.asReadonly();
  readonly isSignedIn = computed(() => this.known() !== null);

  /** True when the user's role includes `role`; an auditor's rights are an administrator's, too. */
  can(role: Role): boolean {
    const own = this.preview.role() ?? this.known()?.user.role;
    if (!own) return false;
    if (role === 'auditor') return own === 'auditor' || own === 'admin';
    if (own === 'auditor') return role === 'viewer';
    return LADDER.includes(role) && LADDER.indexOf(own) >= LADDER.indexOf(role);
  }

  /** Asks the server who this is. @throws HttpErrorResponse, 401 when nobody is signed in. */
  async load(): Promise<MeDto> {
    const me = await firstValueFrom(this.http.get<MeDto>('/api/me'));
    this.known.set(me);
    return me;
  }

  async setupState(): Promise<SetupStateDto> {
    this.found.set(null);
    const state = await firstValueFrom(this.http.get<SetupStateDto>('/api/setup'));
    this.found.set(state);
    return state;
  }

  async signIn(input: LoginDto): Promise<void> {
    await firstValueFrom(this.http.post('/api/auth/login', input));
    await this.load();
  }

  /** Changes the own account. */
  async update(input: UpdateMeDto): Promise<void> {
    this.known.set(await firstValueFrom(this.http.patch<MeDto>('/api/me', input)));
  }

  /** Creates the first administrator, who is signed in by it. */
  async setUp(input: SetupDto): Promise<void> {
    await firstValueFrom(this.http.post('/api/setup', input));
    await this.load();
  }

  /** False when the account has a second factor, which an invitation does not stand in for. */
  async acceptInvitation(input: AcceptInvitationDto): Promise<boolean> {
    await firstValueFrom(this.http.post('/api/auth/invitation', input));
    try {
      await this.load();
      return true;
    } catch (error) {
      if (toProblem(error).status === 401) return false;
      throw error;
    }
  }

  async signOut(): Promise<void> {
    await firstValueFrom(this.http.post('/api/auth/logout', {}));
    this.preview.end();
    this.known.set(null);
  }
}
