import { provideHttpClient, withInterceptors, HttpClient } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import type { MeDto, Role } from '@opsagent/contracts';
import { firstValueFrom } from 'rxjs';
import { CurrentUser } from './current-user.js';
import { SignInAgain } from './sign-in-again.js';
import { signInAgainInterceptor } from './sign-in-again-interceptor.js';

const ANSWER = { status: 401, statusText: 'Unauthorized' };
const me = (role: Role): MeDto => ({
  user: { id: '1', email: 'a@example.org', name: null, role },
  credential: 'sign_in',
  environment: null,
  has_password: true,
  has_totp: false,
  insecure_transport: false,
});

async function signedIn(role: Role) {
  TestBed.configureTestingModule({
    providers: [provideHttpClient(withInterceptors([signInAgainInterceptor])), provideHttpClientTesting()],
  });
  const user = TestBed.inject(CurrentUser);
  const backend = TestBed.inject(HttpTestingController);
  const loaded = user.load();
  backend.expectOne('/api/me').flush(me(role));
  await loaded;
  return { user, backend, http: TestBed.inject(HttpClient), again: TestBed.inject(SignInAgain) };
}

describe('CurrentUser', () => {
  it('gives each role what the former ones may', async () => {
    const { user } = await signedIn('approver');
    expect((['viewer', 'operator', 'approver', 'admin'] as const).map((role) => user.can(role))).toEqual([
      true,
      true,
      true,
      false,
    ]);
  });

  it('lets an auditor look and change nothing', async () => {
    const { user } = await signedIn('auditor');
    expect([user.can('viewer'), user.can('operator'), user.can('admin')]).toEqual([true, false, false]);
  });

  it('gives what is an auditor’s to an administrator, and to nobody else', async () => {
    const { user } = await signedIn('auditor');
    expect(user.can('auditor')).toBe(true);
    TestBed.resetTestingModule();
    expect((await signedIn('admin')).user.can('auditor')).toBe(true);
    TestBed.resetTestingModule();
    expect((await signedIn('approver')).user.can('auditor')).toBe(false);
  });
});

describe('a call after the sign-in has ended', () => {
  it('waits for a new sign-in and is sent again', async () => {
    const { backend, http, again } = await signedIn('admin');
    const answer = firstValueFrom(http.post('/api/llm-configs', { name: 'kept' }));
    backend.expectOne('/api/llm-configs').flush({}, ANSWER);
    expect(again.isNeeded()).toBe(true);
    again.done();
    await Promise.resolve();
    await Promise.resolve();
    const second = backend.expectOne('/api/llm-configs');
    expect(second.request.body).toEqual({ name: 'kept' });
    second.flush({ id: '1' });
    await expect(answer).resolves.toEqual({ id: '1' });
    expect(again.isNeeded()).toBe(false);
  });

  it('lets a refused sign-in through', async () => {
    const { backend, http, again } = await signedIn('admin');
    const answer = firstValueFrom(http.post('/api/auth/login', {}));
    backend.expectOne('/api/auth/login').flush({}, ANSWER);
    await expect(answer).rejects.toMatchObject({ status: 401 });
    expect(again.isNeeded()).toBe(false);
  });
});
