import {
  HttpBackend,
  HttpErrorResponse,
  type HttpRequest,
  HttpResponse,
  provideHttpClient,
} from '@angular/common/http';
import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { jest } from '@jest/globals';
import { TranslocoTestingModule } from '@jsverse/transloco';
import type { ApprovalDto, MeDto, Role } from '@opsagent/contracts';
import { of, throwError } from 'rxjs';
import { CurrentUser } from '../../data/current-user.js';
import { en as shared } from '../../i18n/en.js';
import { ApprovalCard } from './approval-card.js';
import { en } from './i18n/en.js';

const STRAY_MS = 1000;

const approval = (facts: Partial<ApprovalDto> = {}): ApprovalDto => ({
  ...{ id: 'p', run_id: 'r', message_id: 'm', session_id: 's', step_id: 't', tool: 'restart_service' },
  ...{ label: { en: 'Restart a service', zh: '重启服务' }, arguments: '{"service":"nginx"}', arguments_hash: 'hash-1' },
  ...{ original_arguments: null, target: 'web-1', environment: 'staging', risk: 'dangerous', preview: null },
  ...{ summary: 'systemctl restart nginx', rollback: null, reason: 'It hangs.', requested_by_id: 'me' },
  ...{ requested_by: 'Ann', state: 'pending', outcome: 'not_started', can_decide: true },
  ...{ created_at: new Date().toISOString(), expires_at: new Date(Date.now() + 600_000).toISOString() },
  ...{ decided_by: null, decided_at: null, decision_reason: null, acknowledged_by: null, acknowledged_at: null },
  acknowledge_note: null,
  ...facts,
});

/** Stands where the network would be. */
class Wire implements HttpBackend {
  readonly sent: { call: string; body: unknown }[] = [];
  refusal: object | null = null;
  now = approval();

  handle({ method, url, body }: HttpRequest<unknown>) {
    this.sent.push({ call: `${method} ${url}`, body });
    if (url === '/api/me') {
      const me = { user: { id: 'me', role: this.role }, credential: 'session' };
      return of(new HttpResponse({ status: 200, body: me as unknown as MeDto }));
    }
    if (method === 'POST' && this.refusal)
      return throwError(() => new HttpErrorResponse({ status: 409, url, error: this.refusal }));
    return of(
      new HttpResponse({ status: 200, body: method === 'POST' ? { ...this.now, state: 'approved' } : this.now }),
    );
  }

  constructor(private readonly role: Role) {}
}

async function card(facts: Partial<ApprovalDto> = {}, role: Role = 'approver') {
  const wire = new Wire(role);
  TestBed.configureTestingModule({
    imports: [
      TranslocoTestingModule.forRoot({
        langs: { en: { ...shared, approval: en } },
        translocoConfig: { availableLangs: ['en'], defaultLang: 'en' },
        preloadLangs: true,
      }),
    ],
    providers: [provideRouter([]), provideHttpClient(), { provide: HttpBackend, useValue: wire }],
  });
  await TestBed.inject(CurrentUser).load();
  const fixture = TestBed.createComponent(ApprovalCard);
  fixture.componentRef.setInput('approval', approval(facts));
  const changed: ApprovalDto[] = [];
  fixture.componentInstance.changed.subscribe((one) => {
    changed.push(one);
    fixture.componentRef.setInput('approval', one);
  });
  TestBed.tick();
  const host = fixture.nativeElement as HTMLElement;
  const button = (text: string) =>
    [...host.querySelectorAll('button')].find((one) => one.textContent.trim() === text) as HTMLButtonElement;
  const press = async (text: string) => {
    button(text).click();
    await Promise.resolve();
    TestBed.tick();
  };
  const type = (selector: string, text: string) => {
    const field = host.querySelector<HTMLInputElement>(selector)!;
    field.value = text;
    field.dispatchEvent(new Event('input'));
    TestBed.tick();
  };
  const calm = () => {
    jest.advanceTimersByTime(STRAY_MS);
    TestBed.tick();
  };
  const decisions = () =>
    wire.sent.filter(({ call }) => call === 'POST /api/approvals/p/decision').map((one) => one.body);
  return { fixture, host, wire, changed, button, press, type, calm, decisions };
}

describe('the card of a request for approval', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('takes no stray press: for a second after it appears nothing can be pressed', async () => {
    const { button, press, calm, decisions } = await card();
    for (const name of Object.values(en.verdict)) expect(button(name).disabled).toBe(true);
    calm();
    await press(en.verdict.approve);
    expect(decisions()).toEqual([{ decision: 'approve', arguments_hash: 'hash-1' }]);
  });

  it('names the call that was shown, and is a new question when the call changes', async () => {
    const { fixture, host, button, calm } = await card();
    calm();
    fixture.componentRef.setInput('approval', approval({ arguments_hash: 'hash-2', arguments: '{"service":"all"}' }));
    TestBed.tick();
    expect(host.querySelector('[role=alert]')?.textContent).toContain(en.another);
    expect(button(en.verdict.approve).disabled).toBe(true);
  });

  it('has the target typed before something is done in production', async () => {
    const { button, press, type, calm, decisions } = await card({ environment: 'production' });
    calm();
    await press(en.verdict.approve);
    expect(decisions()).toEqual([]);
    type('.panel input', 'web-2');
    expect(button(en.send.approve).disabled).toBe(true);
    type('.panel input', 'web-1');
    await press(en.send.approve);
    expect(decisions()).toHaveLength(1);
  });

  it('rejects with the reason, and allows other arguments only as JSON', async () => {
    const { button, press, type, calm, decisions } = await card();
    calm();
    await press(en.verdict.edit);
    type('.panel textarea', '{"service":');
    expect(button(en.send.edit).disabled).toBe(true);
    await press(shared.common.cancel);
    await press(en.verdict.reject);
    type('.panel textarea', ' not now ');
    await press(en.send.reject);
    expect(decisions()).toEqual([{ decision: 'reject', arguments_hash: 'hash-1', reason: 'not now' }]);
  });

  it('says by whom it was decided when somebody was faster', async () => {
    const { host, wire, press, calm, changed } = await card();
    calm();
    wire.refusal = { code: 'approval/decided', detail: 'Bob has decided: rejected.' };
    wire.now = approval({ state: 'rejected', decided_by: 'Bob', decided_at: new Date().toISOString() });
    await press(en.verdict.approve);
    await Promise.resolve();
    await Promise.resolve();
    TestBed.tick();
    expect(changed).toMatchObject([{ state: 'rejected' }]);
    expect(host.querySelector('header')?.textContent).toContain('Rejected · Bob');
    expect(host.querySelector('oa-decision-form')).toBeNull();
  });

  it('tells a role that may not decide why, and the asker that somebody else has to', async () => {
    const operator = await card({}, 'operator');
    operator.calm();
    expect(operator.host.textContent).toContain(en.refusal.role);
    for (const name of Object.values(en.verdict)) expect(operator.button(name).disabled).toBe(true);
    TestBed.resetTestingModule();
    const asker = await card({ can_decide: false });
    asker.calm();
    expect(asker.host.textContent).toContain(en.refusal.own);
    expect(asker.button(en.verdict.approve).disabled).toBe(true);
    expect(asker.button(en.verdict.reject).disabled).toBe(false);
  });

  it('cannot be decided when its time is over', async () => {
    const { host, button, calm } = await card();
    calm();
    jest.advanceTimersByTime(600_000);
    TestBed.tick();
    TestBed.tick();
    expect(host.textContent).toContain(en.overText);
    expect(button(en.verdict.reject).disabled).toBe(true);
  });

  it('shows what is hidden in a command', async () => {
    const { host } = await card({ summary: 'rm \u202egpj.a' });
    expect(host.querySelector('.call')?.textContent).toBe('rm \\u202egpj.a');
  });
});
