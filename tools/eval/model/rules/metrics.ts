import type { JsonObject } from '../../../provider-simulator/chat-request.ts';
import type { Call, Case, Look } from '../case.ts';
import { type Finding, listIn, objectOf, type Rule, wordOf } from '../rule.ts';

const ABOUT_DISKS = /disk|volume|file ?system|磁盘|硬盘|空间/i;
const ABOUT_MEMORY = /memory|leak|内存|泄漏/i;
const USED = '100 * (1 - node_filesystem_avail_bytes / node_filesystem_size_bytes)';
const MEMORY = 'process_resident_memory_bytes';
const FULL_PERCENT = 90;
const MUCH_PERCENT = 70;
const MEGABYTE = 1024 * 1024;

/** What figures over time say of disks and memory, and what fills a disk. */
export const metrics: Rule = (seen) => {
  const [source] = seen.ofKind('prometheus');
  if (!source) return {};
  const calls: Call[] = [];
  if (seen.asksFor(ABOUT_DISKS)) calls.push({ name: 'metrics_query', input: { query: USED, source: source.name } });
  if (seen.asksFor(ABOUT_MEMORY)) {
    calls.push({ name: 'metrics_query', input: { query: MEMORY, source: source.name, start: 'now-1m' } });
  }
  const full = disksOf(seen).filter(({ percent }) => percent > FULL_PERCENT);
  calls.push(...full.map(({ path }) => ({ name: 'host_inspect', input: { section: 'space', path } })));
  return { calls, findings: [...disksOf(seen).flatMap((disk) => diskFindings(seen, disk)), ...memoryFindings(seen)] };
};

interface Disk {
  readonly look: Look;
  readonly path: string;
  readonly percent: number;
}

function disksOf(seen: Case): Disk[] {
  return seen
    .looksBy('metrics_query')
    .filter(({ input }) => input['query'] === USED)
    .flatMap((look) =>
      listIn(look.data, 'series').map((series) => ({
        look,
        path: wordOf(objectOf(series['labels'])['mountpoint']),
        percent: Math.round(Number(series['value'])),
      })),
    );
}

function diskFindings(seen: Case, { look, path, percent }: Disk): Finding[] {
  if (percent < MUCH_PERCENT) return [];
  const [zh, en] = [`卷 ${path} 已使用 ${percent}%`, `the volume ${path} is ${percent} % full`];
  if (percent <= FULL_PERCENT) return [{ weight: 15, zh, en, steps: [look.step] }];
  const space = seen.looksBy('host_inspect').find(({ input }) => input['path'] === path);
  const biggest = space && biggestIn(space, path);
  if (!space || !biggest) return [{ weight: 60, zh, en, steps: [look.step] }];
  const [what, mb] = [wordOf(biggest['path']), wordOf(biggest['mb'])];
  return [
    {
      weight: 80,
      zh: `${zh}，主要被 ${what}（${mb} MB）占用`,
      en: `${en}, most of it is taken by ${what} (${mb} MB)`,
      steps: [look.step, space.step],
    },
  ];
}

/** The biggest file, or else the biggest folder that is not the volume itself. */
function biggestIn({ data }: Look, path: string): JsonObject | undefined {
  const folders = listIn(data, 'biggest_folders').filter((folder) => folder['path'] !== path);
  return listIn(data, 'biggest_files')[0] ?? folders[0];
}

function memoryFindings(seen: Case): Finding[] {
  const looks = seen.looksBy('metrics_query').filter(({ input }) => input['query'] === MEMORY);
  return looks.flatMap((look) => listIn(look.data, 'series').flatMap((series) => memoryFinding(seen, look, series)));
}

function memoryFinding(seen: Case, { step }: Look, series: JsonObject): Finding[] {
  const service = wordOf(objectOf(series['labels'])['service']);
  const [first, last] = [series['first'], series['last']].map((bytes) => Math.round(Number(bytes) / MEGABYTE));
  if (series['trend'] === 'rising') {
    return [
      {
        weight: seen.question.includes(service) ? 80 : 40,
        zh: `${service} 的内存泄漏：常驻内存持续增长，从 ${first} MB 到 ${last} MB`,
        en: `${service} leaks memory: it keeps growing, from ${first} MB to ${last} MB`,
        steps: [step],
      },
    ];
  }
  if (seen.question.includes(service)) return [];
  return [
    {
      weight: 10,
      zh: `${service} 占用 ${last} MB，但保持平稳`,
      en: `${service} holds ${last} MB, steadily`,
      steps: [step],
    },
  ];
}
