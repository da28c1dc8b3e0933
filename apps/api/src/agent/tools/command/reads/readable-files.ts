/** Files that tell of the state of a machine and hold no secrets by their purpose. */
const READABLE: readonly RegExp[] = [
  /^\/var\/log(\/|$)/,
  /^\/proc\/(loadavg|meminfo|cpuinfo|uptime|stat|vmstat|diskstats|mounts|swaps|version|interrupts|softirqs|partitions|filesystems|mdstat|buddyinfo|zoneinfo)$/,
  /^\/proc\/pressure\/(cpu|io|memory)$/,
  /^\/proc\/(\d+\/)?net\/\w+$/,
  /^\/proc\/sys\/(fs|kernel|net|vm)\/(?!.*(key|secret))[\w./-]+$/,
  // Not environ, mem, maps, fd, cwd, root: they hold secrets, or lead to other files.
  /^\/proc\/\d+\/(stat|statm|status|limits|io|mounts|cgroup|comm|oom_score|oom_score_adj|wchan|sched|mountinfo)$/,
  /^\/sys\/(fs\/cgroup|class\/net|class\/thermal|block|devices)\/[\w./:-]+$/,
  /^\/etc\/(os-release|debian_version|redhat-release|lsb-release|hosts|hostname|resolv\.conf|nsswitch\.conf|fstab|services|protocols|timezone)$/,
  /^\/usr\/lib\/os-release$/,
  // What resolv.conf is a link to.
  /^\/run\/(systemd\/resolve|resolvconf|NetworkManager)\/(stub-)?resolv\.conf$/,
];

/** Whether the content of a file may be read without asking; `..` could lead anywhere. */
export function isReadableFile(path: string): boolean {
  if (path.split('/').includes('..') || /\p{Cc}/u.test(path)) return false;
  const plain = path.replaceAll(/\/{2,}/g, '/').replaceAll(/(\/\.)+(?=\/|$)/g, '');
  return READABLE.some((pattern) => pattern.test(plain));
}
