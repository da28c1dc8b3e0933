import type { ApprovalDto, AppDto, AuditListDto, OverviewDto } from '@opsagent/contracts';
import { aUser } from './support/a-user.js';
import { AgentServer } from './support/agent-server.js';
import { eventually } from './support/eventually.js';

const restart = (service: string, more: object = {}) => ({ name: 'restart_service', arguments: { service, ...more } });
const look = (at: string) => ({ name: 'look', arguments: { at } });

describe('a call that changes something', () => {
  let server: AgentServer;

  beforeAll(async () => {
    server = await AgentServer.start({ OPSAGENT_ENVIRONMENT: 'production' });
  });

  afterAll(() => server.close());

  it('waits until it is approved, is made once, and the model goes on with its result', async () => {
    const asked = await server.ask({ text: 'nginx hangs. ', calls: [restart('nginx')] }, { text: 'It is back.' });
    const [approval] = (await server.pendingIn(asked.sessionId)) as [ApprovalDto];
    expect(approval).toMatchObject({
      ...{ tool: 'restart_service', target: 'nginx', summary: 'systemctl restart nginx', environment: 'production' },
      ...{ reason: 'nginx hangs. ', risk: 'dangerous', state: 'pending', outcome: 'not_started', can_decide: true },
      arguments: '{"service":"nginx"}',
    });
    expect(server.deeds.done).not.toContain('nginx');
    const overview = await server.console.call<OverviewDto>('GET', '/api/overview');
    expect(overview.attention).toContainEqual(
      expect.objectContaining({ kind: 'approvals_waiting', count: 1, at: approval.expires_at }),
    );
    const { items } = await server.console.messages(asked.sessionId);
    expect(items[0]).toMatchObject({
      status: 'running',
      answer: 'nginx hangs. ',
      steps: [{ state: 'waiting_approval' }],
    });

    expect((await server.decide(approval, 'approve')).status).toBe(200);
    await asked.ended;
    expect(server.deeds.done.filter((deed) => deed === 'nginx')).toHaveLength(1);
    expect(asked.of('approval_requested')).toMatchObject([{ approval_id: approval.id, step_id: approval.step_id }]);
    expect(asked.of('approval_resolved')).toMatchObject([{ decision: 'approved', by: expect.any(String) }]);
    expect(asked.of('step_finished')).toMatchObject([{ state: 'succeeded' }]);
    expect(asked.text).toBe('nginx hangs. It is back.');
    expect(await server.console.call('GET', `/api/approvals/${approval.id}`)).toMatchObject({
      ...{ state: 'approved', outcome: 'finished', can_decide: false },
    });
  });

  it('is decided call by call: what only reads runs at once, a rejected one tells why, the other is made', async () => {
    const asked = await server.ask({ calls: [restart('a1'), look('disk'), restart('a2')] }, { text: 'Done.' });
    const pending = await server.pendingIn(asked.sessionId, 2);
    const of = (target: string) => pending.find((one) => one.target === target) as ApprovalDto;
    await eventually(() => server.deeds.done.includes('look disk'));
    await server.decide(of('a1'), 'reject', { reason: 'Not during trading hours' });
    await server.decide(of('a2'), 'approve');
    await asked.ended;
    expect(server.deeds.done).not.toContain('a1');
    expect(server.deeds.done).toContain('a2');
    const byStep = new Map(asked.of('step_finished').map((event) => [event.step_id, event]));
    expect(byStep.get(of('a1').step_id)).toMatchObject({
      state: 'refused',
      observation: expect.stringContaining('Not during trading hours'),
    });
    expect(asked.text).toBe('Done.');
  });

  it('is made with the arguments of whoever edited them, which are looked at again', async () => {
    const asked = await server.ask({ calls: [restart('everything')] }, { text: 'Done.' });
    const [approval] = (await server.pendingIn(asked.sessionId)) as [ApprovalDto];
    for (const wrong of ['{"service":7}', 'nonsense', '{"service":"x","more":1}', '{}'])
      expect((await server.decide(approval, 'edit', { arguments: wrong })).status).toBe(400);
    const answer = await server.decide(approval, 'edit', { arguments: '{"service":"only-this"}' });
    const edited = (await answer.json()) as ApprovalDto;
    expect(edited).toMatchObject({
      ...{ state: 'edited', target: 'only-this', arguments: '{"service":"only-this"}' },
      original_arguments: '{"service":"everything"}',
    });
    expect(edited.arguments_hash).not.toBe(approval.arguments_hash);
    await asked.ended;
    expect(server.deeds.done).toContain('only-this');
    expect(server.deeds.done).not.toContain('everything');
    expect(asked.observations).toMatchObject([{ arguments_used: { service: 'only-this' } }]);
  });

  it('is decided once, whoever is how fast', async () => {
    const asked = await server.ask({ calls: [restart('race')] }, { text: 'Done.' });
    const [approval] = (await server.pendingIn(asked.sessionId)) as [ApprovalDto];
    const verdicts = ['approve', 'reject', 'approve', 'reject', 'approve', 'approve'];
    const answers = await Promise.all(verdicts.map((verdict) => server.decide(approval, verdict)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409, 409, 409]);
    await asked.ended;
    const won = verdicts[answers.findIndex(({ status }) => status === 200)];
    expect(server.deeds.done.filter((deed) => deed === 'race')).toHaveLength(won === 'approve' ? 1 : 0);
    const late = await server.decide(approval, 'approve');
    expect([late.status, await late.json()]).toMatchObject([409, { code: 'approval/decided' }]);
  });

  it('is not decided under another hash than the one that was shown', async () => {
    const asked = await server.ask({ calls: [restart('other')] }, { text: 'Done.' });
    const [approval] = (await server.pendingIn(asked.sessionId)) as [ApprovalDto];
    const answer = await server.decide({ ...approval, arguments_hash: 'f'.repeat(64) }, 'approve');
    expect([answer.status, await answer.json()]).toMatchObject([409, { code: 'approval/changed' }]);
    await server.decide(approval, 'reject');
    await asked.ended;
    expect(server.deeds.done).not.toContain('other');
  });

  it('is over when nobody decides in time, and the model reads that', async () => {
    const asked = await server.ask({ calls: [restart('late')] }, { text: 'Nobody was there.' });
    const [approval] = (await server.pendingIn(asked.sessionId)) as [ApprovalDto];
    await server.console.app.query(`update approvals set expires_at = now() - interval '1 second' where id = $1`, [
      approval.id,
    ]);
    expect((await server.decide(approval, 'approve')).status).toBe(409);
    await asked.ended;
    expect(asked.of('approval_resolved')).toMatchObject([{ decision: 'expired', by: null }]);
    expect(asked.observations).toMatchObject([{ status: 'refused' }]);
    expect(asked.text).toBe('Nobody was there.');
    expect(server.deeds.done).not.toContain('late');
  });

  it('is cancelled with its run, and can be decided no more', async () => {
    const asked = await server.ask({ calls: [restart('stopped')] }, { text: 'x' });
    const [approval] = (await server.pendingIn(asked.sessionId)) as [ApprovalDto];
    await server.console.call('POST', `/api/runs/${approval.run_id}/stop`, undefined, 200);
    await asked.ended;
    expect(asked.events.at(-1)).toMatchObject({ type: 'turn_finished', status: 'stopped' });
    expect(asked.of('step_finished')).toMatchObject([{ state: 'stopped' }]);
    expect((await server.decide(approval, 'approve')).status).toBe(409);
    expect(server.deeds.done).not.toContain('stopped');
    // The next turn tells the model a conversation that strict servers take.
    const next = await server.askIn(asked.sessionId, { text: 'Fine.' });
    await next.ended;
    expect(next.text).toBe('Fine.');
  });

  it('is nobody’s to decide but an approver’s, and others see their own only', async () => {
    const asked = await server.ask({ calls: [restart('roles')] }, { text: 'x' });
    const [approval] = (await server.pendingIn(asked.sessionId)) as [ApprovalDto];
    const as = async (role: 'operator' | 'approver' | 'auditor' | 'viewer', method: string, path: string) => {
      const { headers } = await aUser(server.console.app, role);
      const body = method === 'POST' ? { decision: 'reject', arguments_hash: approval.arguments_hash } : undefined;
      return fetch(server.console.app.url + path, {
        ...{ method, headers: { ...headers, 'content-type': 'application/json' } },
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
    };
    const path = `/api/approvals/${approval.id}`;
    for (const role of ['operator', 'auditor', 'viewer'] as const)
      expect((await as(role, 'POST', `${path}/decision`)).status).toBe(403);
    expect((await as('operator', 'GET', path)).status).toBe(404);
    expect(((await (await as('operator', 'GET', '/api/approvals')).json()) as { total: number }).total).toBe(0);
    expect((await as('approver', 'GET', path)).status).toBe(200);
    expect((await as('approver', 'POST', `${path}/decision`)).status).toBe(200);
    await asked.ended;
  });

  it('wants a second person where the policy says so', async () => {
    const policy = { allows_requester: false, expires_after_minutes: 30 };
    await server.console.call('PUT', '/api/approval-policy', policy);
    try {
      const asked = await server.ask({ calls: [restart('second')] }, { text: 'x' });
      const [approval] = (await server.pendingIn(asked.sessionId)) as [ApprovalDto];
      expect(approval.can_decide).toBe(false);
      const own = await server.decide(approval, 'approve');
      expect([own.status, await own.json()]).toMatchObject([403, { code: 'approval/own-request' }]);
      expect((await server.decide(approval, 'edit', { arguments: '{"service":"x"}' })).status).toBe(403);
      const { headers } = await aUser(server.console.app, 'approver');
      const other = await fetch(`${server.console.app.url}/api/approvals/${approval.id}/decision`, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json' },
        body: JSON.stringify({ decision: 'approve', arguments_hash: approval.arguments_hash }),
      });
      expect(other.status).toBe(200);
      await asked.ended;
      expect(server.deeds.done).toContain('second');
    } finally {
      await server.console.call('PUT', '/api/approval-policy', { ...policy, allows_requester: true });
    }
  });

  it('is written down: who asked, who decided and what', async () => {
    const asked = await server.ask({ calls: [restart('audited')] }, { text: 'x' });
    const [approval] = (await server.pendingIn(asked.sessionId)) as [ApprovalDto];
    await server.decide(approval, 'approve', { reason: 'go ahead' });
    await asked.ended;
    const { items } = await server.console.call<AuditListDto>('GET', `/api/audit?target_id=${approval.id}`);
    expect(items.map(({ action, actor_name, after }) => [action, actor_name !== null, after?.['summary']])).toEqual([
      ['approval.approve', true, 'systemctl restart audited'],
      ['approval.request', true, 'systemctl restart audited'],
    ]);
  });

  it('is refused with the reason in an app that does not wait', async () => {
    const { app, simulator } = server.console;
    const config = await server.console.call<{ id: string }>('POST', '/api/llm-configs', {
      ...{ name: 'script', provider: 'openai', model_name: 'sim-script', api_key: 'sim-key' },
      base_url: `${simulator.url}/openai/v1`,
    });
    const { id } = await server.console.call<AppDto>('POST', '/api/apps', {
      ...{ name: 'Ops', mode: 'agent-chat', llm_config_id: config.id, tools: ['restart_service', 'look'] },
    });
    const { key } = await server.console.call<{ key: string }>('POST', `/api/apps/${id}/keys`, { name: 'k' });
    const send = (mode: string) =>
      fetch(`${app.url}/v1/chat-messages`, {
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        body: JSON.stringify({
          ...{ query: `x script:${JSON.stringify([{ calls: [restart('by-app')] }, { text: 'Refused.' }])}` },
          ...{ user: 'u', inputs: {}, response_mode: mode },
        }),
      });
    for (const mode of ['streaming', 'blocking']) expect(await (await send(mode)).text()).toContain('Refused.');
    await server.console.call('PATCH', `/api/apps/${id}`, { dangerous_calls: 'wait' });
    expect(await (await send('blocking')).text()).toContain('Refused.');
    expect(server.deeds.done).not.toContain('by-app');

    const waiting = (await send('streaming')).text();
    let found: ApprovalDto | undefined;
    await eventually(async () => {
      found = (await server.approvals()).items.find(({ target }) => target === 'by-app');
      return found !== undefined;
    });
    expect(found).toMatchObject({ requested_by_id: null, requested_by: null, target: 'by-app' });
    await server.decide(found as ApprovalDto, 'approve');
    expect(await waiting).toContain('Refused.');
    expect(server.deeds.done.filter((deed) => deed === 'by-app')).toHaveLength(1);
  });
});
