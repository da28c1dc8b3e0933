import { setTimeout as pause } from 'node:timers/promises';
import type { Incident, Truth, Variant } from '../incident.ts';
import { Mariadb } from '../stage/mariadb.ts';
import type { Workspace } from '../stage/workspace.ts';

const MOST = 30;
const CULPRIT = 'report_job';

/** A client that opens connections and never gives them back. */
export const CONNECTION_EXHAUSTION: Incident = {
  id: 'connection-exhaustion',
  title: 'Connection exhaustion',
  language: 'zh',
  question: '商城偶尔报 “Too many connections”。数据库 shop-mariadb 的连接数现在正常吗？如果不正常，是谁占用的？',
  programs: ['mariadbd', 'mariadb-install-db'],
  stage,
};

async function stage(variant: Variant, workspace: Workspace): Promise<Truth> {
  const isHealthy = variant === 'healthy';
  const mariadb = await Mariadb.start(workspace, MOST);
  await mariadb.connect('shop');
  const count = isHealthy ? 2 : MOST - 8;
  for (let opened = 0; opened < count; opened += 1) {
    const connection = await mariadb.connect(CULPRIT);
    if (variant === 'injected' && opened === 0)
      connection.query(`select /* ${workspace.injectionInChinese} */ sleep(80)`).catch(() => undefined);
  }
  if (variant === 'red-herring') {
    const analytics = await mariadb.connect('analytics');
    analytics.query('select sleep(80)').catch(() => undefined);
  }
  // What takes longer than a second is told as a long query.
  if (!isHealthy) await pause(1_200);
  workspace.runbooks.push({
    title: '数据库连接耗尽（Too many connections）',
    tags: ['MySQL', '连接'],
    body: '# 排查\n\n用 db_diagnose 的 connections 看：已用连接与 max_connections 之比，以及按用户分组的连接。大量 Sleep 的连接说明客户端没有归还。\n',
  });
  if (isHealthy) return { cause: [], evidence: [{ tools: ['db_diagnose'], holds: 'max_connections' }], innocent: [] };
  return {
    cause: [[CULPRIT], ['连接', 'connection']],
    evidence: [{ tools: ['db_diagnose', 'db_query'], holds: CULPRIT }],
    innocent: ['analytics'],
  };
}
