import type { Incident } from '../incident.ts';
import { CONNECTION_EXHAUSTION } from './connection-exhaustion.ts';
import { CRASH_LOOP } from './crash-loop.ts';
import { DISK_NEARLY_FULL } from './disk-nearly-full.ts';
import { DNS_FAILURE } from './dns-failure.ts';
import { EXPIRED_CERTIFICATE } from './expired-certificate.ts';
import { MEMORY_LEAK } from './memory-leak.ts';
import { NGINX_502 } from './nginx-502.ts';
import { POD_OOM } from './pod-oom.ts';
import { POSTGRES_LOCKS } from './postgres-locks.ts';
import { RUNAWAY_PROCESS } from './runaway-process.ts';
import { SLOW_QUERY } from './slow-query.ts';
import { TARGET_DOWN } from './target-down.ts';

/** Every incident of the pack. */
export const INCIDENTS: readonly Incident[] = [
  ...[DISK_NEARLY_FULL, RUNAWAY_PROCESS, MEMORY_LEAK, POSTGRES_LOCKS, CONNECTION_EXHAUSTION, SLOW_QUERY],
  ...[NGINX_502, EXPIRED_CERTIFICATE, DNS_FAILURE, TARGET_DOWN, CRASH_LOOP, POD_OOM],
];
