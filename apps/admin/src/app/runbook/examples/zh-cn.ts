import type { CreateRunbookDto } from '@opsagent/contracts';

/** 供采用的示例手册。 */
export const EXAMPLES_ZH_CN: readonly CreateRunbookDto[] = [
  {
    title: '磁盘空间不足',
    tags: ['磁盘', 'Linux'],
    body: `适用于分区使用率超过 85%，或日志中出现 \`No space left on device\`。

## 检查

1. 找到写满的分区，空间和 inode 都要看：

   \`\`\`sh
   df -h
   df -i
   \`\`\`

2. 找到占用最多的目录，只看同一分区：

   \`\`\`sh
   du -xh --max-depth=1 /var | sort -h | tail
   \`\`\`

3. \`df\` 与 \`du\` 相差很大时，查已删除但仍被进程占用的文件：

   \`\`\`sh
   lsof -nP +L1
   \`\`\`

## 判断

- 增长来自日志：确认是哪个服务在刷日志，先处理原因。
- 增长来自数据：联系负责人，扩容或按保留策略清理。
- 已删除的文件未释放：重启持有它的服务。

## 处理

需要审批。先确认备份，再动手。

- 清理已轮转的日志：\`journalctl --vacuum-size=1G\`，或按 logrotate 的规则删除旧文件。
- 不要删除正在写入的日志，改用截断：\`: > 文件\`。
- 不要手工删除数据库的数据文件和 WAL。

## 验证

使用率回到 80% 以下，相关服务可以写入，告警恢复。
`,
  },
  {
    title: 'Nginx 返回 502',
    tags: ['nginx', '网关'],
    body: `502 表示 Nginx 连不上后端，或后端的应答无效。先看后端，再看 Nginx。

## 检查

1. 看错误日志，记下后端地址和原因：

   \`\`\`sh
   tail -n 200 /var/log/nginx/error.log
   \`\`\`

2. 对照原因：

   | 日志 | 含义 |
   | --- | --- |
   | \`connect() failed (111: Connection refused)\` | 后端没有监听 |
   | \`upstream prematurely closed connection\` | 后端崩溃或重启 |
   | \`upstream sent too big header\` | 应答头超过缓冲区 |
   | \`no live upstreams\` | 全部后端被判定不可用 |

3. 从 Nginx 所在的主机直接访问后端的健康检查地址。

## 处理

- 后端没有运行：查看其日志和最近一次发布，需要时回滚。
- 后端内存不足被杀：查 \`dmesg\` 中的 OOM 记录，先扩容再查泄漏。
- 应答头过大：调大 \`proxy_buffer_size\`，\`nginx -t\` 通过后再重新加载。

## 验证

错误日志不再新增，502 的比例回到正常水平。
`,
  },
  {
    title: 'PostgreSQL 连接耗尽',
    tags: ['PostgreSQL', '数据库'],
    body: `适用于应用报错 \`too many clients already\` 或 \`remaining connection slots are reserved\`。

## 检查

1. 连接数与上限：

   \`\`\`sql
   select count(*), current_setting('max_connections') from pg_stat_activity;
   \`\`\`

2. 谁占用了连接，处于什么状态：

   \`\`\`sql
   select application_name, client_addr, state, count(*)
   from pg_stat_activity group by 1, 2, 3 order by 4 desc;
   \`\`\`

3. 有没有长时间的 \`idle in transaction\`，以及它们挡住了谁：

   \`\`\`sql
   select pid, now() - xact_start as age, pg_blocking_pids(pid), left(query, 80)
   from pg_stat_activity where xact_start is not null order by age desc limit 20;
   \`\`\`

## 判断

- 某个应用的连接数远超其连接池上限：多半是泄漏，或刚刚扩容了实例。
- 大量会话在等锁：沿 \`pg_blocking_pids\` 找到最前面的那一个，它才是原因。

## 处理

需要审批。

- 结束挡住别人的空闲事务：\`select pg_terminate_backend(pid)\`，一次一个，每次之后再看。
- 重启泄漏连接的应用实例。
- 长期办法：使用连接池，设置 \`idle_in_transaction_session_timeout\`。不要只调大 \`max_connections\`。

## 验证

连接数低于上限的 80%，应用不再报错。
`,
  },
];
