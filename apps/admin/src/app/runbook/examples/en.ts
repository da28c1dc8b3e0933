import type { CreateRunbookDto } from '@opsagent/contracts';

/** Runbooks to begin with. */
export const EXAMPLES_EN: readonly CreateRunbookDto[] = [
  {
    title: 'Disk nearly full',
    tags: ['disk', 'Linux'],
    body: `For a file system that is more than 85% full, or \`No space left on device\` in a log.

## Check

1. Find the file system; look at space and inodes:

   \`\`\`sh
   df -h
   df -i
   \`\`\`

2. Find the directories that use most, on the same file system only:

   \`\`\`sh
   du -xh --max-depth=1 /var | sort -h | tail
   \`\`\`

3. Where \`df\` and \`du\` differ much, look for deleted files that a process still holds:

   \`\`\`sh
   lsof -nP +L1
   \`\`\`

## Decide

- Logs grow: find the service that writes so much, and treat that cause first.
- Data grows: talk to its owner about more space or the retention policy.
- Deleted files are still held: restart the service that holds them.

## Act

Needs approval. Make sure that there is a backup.

- Remove rotated logs: \`journalctl --vacuum-size=1G\`, or old files as logrotate would.
- Never delete a log that is being written; truncate it: \`: > file\`.
- Never delete data files or WAL of a database by hand.

## Verify

Usage is below 80%, the services can write, the alert is resolved.
`,
  },
  {
    title: 'Nginx answers 502',
    tags: ['nginx', 'gateway'],
    body: `502 means that Nginx cannot reach the upstream, or got an invalid answer. Look at the upstream first.

## Check

1. Read the error log; note the address of the upstream and the reason:

   \`\`\`sh
   tail -n 200 /var/log/nginx/error.log
   \`\`\`

2. What the reason means:

   | Log | Meaning |
   | --- | --- |
   | \`connect() failed (111: Connection refused)\` | the upstream does not listen |
   | \`upstream prematurely closed connection\` | it crashed or was restarted |
   | \`upstream sent too big header\` | the header is larger than the buffer |
   | \`no live upstreams\` | every upstream counts as down |

3. Ask the health check of the upstream directly, from the host of Nginx.

## Act

- The upstream is down: read its log and the last release; roll back if that is the cause.
- It was killed for lack of memory: find the OOM entry in \`dmesg\`; give it more, then look for the leak.
- The header is too large: raise \`proxy_buffer_size\`, and reload when \`nginx -t\` passes.

## Verify

No new lines in the error log; the share of 502 is back to normal.
`,
  },
  {
    title: 'PostgreSQL out of connections',
    tags: ['PostgreSQL', 'database'],
    body: `For \`too many clients already\` or \`remaining connection slots are reserved\` in an application.

## Check

1. Connections, and how many there may be:

   \`\`\`sql
   select count(*), current_setting('max_connections') from pg_stat_activity;
   \`\`\`

2. Who has them, and in which state:

   \`\`\`sql
   select application_name, client_addr, state, count(*)
   from pg_stat_activity group by 1, 2, 3 order by 4 desc;
   \`\`\`

3. Long transactions, idle ones above all, and whom they block:

   \`\`\`sql
   select pid, now() - xact_start as age, pg_blocking_pids(pid), left(query, 80)
   from pg_stat_activity where xact_start is not null order by age desc limit 20;
   \`\`\`

## Decide

- One application has far more than its pool allows: a leak, or it was scaled out just now.
- Many wait for locks: follow \`pg_blocking_pids\` to the first one; that is the cause.

## Act

Needs approval.

- End an idle transaction that blocks others: \`select pg_terminate_backend(pid)\`, one at a time, and look again after each.
- Restart the instance that leaks connections.
- For good: a connection pool, and \`idle_in_transaction_session_timeout\`. A higher \`max_connections\` alone does not help.

## Verify

Fewer than 80% of the connections are in use; the application reports no errors.
`,
  },
];
