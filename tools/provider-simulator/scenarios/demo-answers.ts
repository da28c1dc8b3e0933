/** What the demonstration model says to a question. */
export interface DemoAnswer {
  /** A question with one of these in it gets this answer. */
  readonly when: RegExp;
  readonly thinking?: string;
  /** Looks at the host with tools first, where they are offered. */
  readonly looks?: boolean;
  readonly text: string;
}

const HOST = `已查看这台主机。结论：**目前没有紧急风险**，有一项需要留意。

| 项目 | 现状 | 判断 |
| --- | --- | --- |
| CPU 负载 | 低于核心数 | 正常 |
| 内存 | 有余量 | 正常 |
| 根分区 | 正在增长 | ⚠️ 本周内清理 |

建议的下一步：

1. 用 \`du -xh --max-depth=1 /var | sort -h\` 找出增长最快的目录；
2. 给日志加上轮转；
3. 把磁盘告警阈值设为 **80%**。`;

const SCRIPT = `下面的脚本只列出、不删除，先看结果再决定：

\`\`\`bash
#!/usr/bin/env bash
set -euo pipefail
# 列出 /var/log 下超过 100 MB、7 天内没有写入的文件
find /var/log -xdev -type f -size +100M -mtime +7 -printf '%s\\t%TY-%Tm-%Td\\t%p\\n' | sort -rn
\`\`\`

确认后，再对单个文件执行 \`gzip\`，不要直接 \`rm\` 正在写入的日志。`;

const NGINX = `Server-sent events stall behind nginx when it buffers the answer. Turn buffering off **for the API only**:

\`\`\`nginx
location / {
    proxy_pass         http://127.0.0.1:8000;
    proxy_http_version 1.1;
    proxy_buffering    off;
    proxy_read_timeout 3600s;
}
\`\`\`

Then reload with \`nginx -t && systemctl reload nginx\`. A quick check is \`curl -N\`: the pieces must arrive one by one.`;

const SLOW = `The query reads 4.2 million rows to return 20. Three things, in this order:

- **Index the filter and the order together**, so that the sort disappears:

  \`\`\`sql
  CREATE INDEX CONCURRENTLY orders_customer_created
      ON orders (customer_id, created_at DESC);
  \`\`\`

- Page by the last \`created_at\` seen, not by \`OFFSET\`.
- Run \`EXPLAIN (ANALYZE, BUFFERS)\` again; *shared read* should fall by two orders of magnitude.`;

const LOOP = `Pod 反复重启（\`CrashLoopBackOff\`）按这个顺序排查最快：

1. \`kubectl describe pod\`：看 **Last State** 的退出码。\`137\` 是内存超限，\`1\` 多半是配置错误；
2. \`kubectl logs --previous\`：看上一次退出前的最后几行；
3. 存活探针太急也会造成重启，把 \`initialDelaySeconds\` 调大再试。

> 退出码 137 时不要只加内存上限，先确认是否有泄漏。`;

const GREETING = `你好！我是**模拟的**运维助手（simulated），用来演示界面，没有连接任何真实的模型。

可以问我：

- 检查一下这台主机的负载和磁盘
- 写一个清理日志的脚本
- *How do I stop nginx from buffering SSE?*`;

const chapter = (number: number, title: string): string =>
  `## ${number}. ${title}

- **目标**：在 ${number * 5} 分钟内确认影响范围，并给出第一条对外说明。
- **负责人**：当班工程师；升级到二线的条件写在值班表里。

| 步骤 | 命令 | 预期 |
| --- | --- | --- |
| 观察 | \`systemctl --failed\` | 没有失败的服务 |
| 定位 | \`journalctl -p err --since -1h\` | 最近一小时的错误 |
| 验证 | \`curl -fsS localhost:8000/health/ready\` | 返回 200 |

\`\`\`sh
# ${title}：先记录，再动手
date -Is | tee -a /var/tmp/incident-${number}.log
\`\`\`
`;

const RUNBOOK = `# 故障应急手册

${['发现与分级', '止损', '定位', '恢复', '验证', '复盘', '沟通', '演练']
  .map((title, index) => chapter(index + 1, title))
  .join('\n')}
以上为演示内容，请按自己的环境修改。`;

/** The first that fits is said; the last fits everything. */
export const DEMO_ANSWERS: readonly DemoAnswer[] = [
  { when: /手册|runbook/i, text: RUNBOOK },
  { when: /主机|磁盘|负载|host|disk/i, looks: true, text: HOST },
  { when: /脚本|日志|script/i, text: SCRIPT },
  { when: /nginx|sse/i, text: NGINX },
  {
    when: /sql|query|查询/i,
    thinking:
      'The plan shows a sequential scan and a sort that spills to disk. An index on the filter alone would still sort; both columns together avoid it. Creating it must not lock the table.',
    text: SLOW,
  },
  {
    when: /pod|重启|k8s|kubernetes/i,
    thinking: '用户没有给出退出码。先区分是内存超限还是配置错误，再说明每一步看什么，最后提醒不要掩盖泄漏。',
    text: LOOP,
  },
  { when: /(?:)/, text: GREETING },
];
