import { absolute, all, count, extent, oneOf, type ReadRule, some, text, word } from './read-rule.js';

const afterPattern = (operands: readonly string[], options: ReadonlySet<string>): readonly string[] =>
  options.has('-e') ? operands : operands.slice(1);
const isSecret = (operand: string): boolean => operand.split(',').some((part) => /^secrets?([./]|$)/i.test(part));
const KUBECTL = oneOf(
  'get',
  'describe',
  'logs',
  'top',
  'events',
  'version',
  'api-resources',
  'cluster-info',
  'explain',
);
const DOCKER = oneOf('ps', 'logs', 'images', 'version', 'info', 'port', 'diff');
const CONTAINER_FIELD =
  /^(json\s+)?\.(ID|Names?|Image|Status|State|Ports|RunningFor|Created(At)?|Size|RestartCount|Mounts|Networks|NetworkSettings|LogPath|Platform|Driver|Repository|Tag|CPUPerc|MemUsage|MemPerc|NetIO|BlockIO|PIDs|Container|HostConfig\.(Memory|MemorySwap|NanoCpus|CpuShares|PidsLimit|RestartPolicy|NetworkMode))(\.\w+)*$/;
const CONTAINERS: ReadRule = {
  letters: 'aqlst',
  flags: ['--all', '--quiet', '--size', '--latest', '--no-trunc', '--timestamps', '--details', '--no-stream'],
  // -f follows logs for ever; -H, --context and --config are another daemon. What `inspect` tells of a container holds
  // its environment: it is for named fields only. What follows a container's name after `top` are options of ps.
  valued: {
    '-n': count,
    '--tail': word,
    '--since': word,
    '--until': word,
    '--filter': text,
    '--format': containerFields,
    '--type': word,
  },
  operands: ([verb = '', ...rest], options) =>
    all(word, 20)(rest) &&
    (DOCKER(verb) ||
      (verb === 'top' && rest.length === 1) ||
      (verb === 'inspect' && options.has('--format')) ||
      (verb === 'stats' && options.has('--no-stream')) ||
      (verb === 'system' && rest.length === 1 && rest[0] === 'df') ||
      (oneOf('container', 'image', 'volume', 'network')(verb) && rest.length === 1 && rest[0] === 'ls')),
};

/** Logs, services, containers and the state of servers. */
export const SERVICE_READS: Readonly<Record<string, ReadRule>> = {
  cat: { letters: 'nbsEAvTte', operands: some(absolute), files: (operands) => operands },
  head: {
    letters: 'qv',
    flags: [/^-\d{1,7}$/],
    valued: { '-n': extent, '-c': extent, '--lines': extent, '--bytes': extent },
    operands: some(absolute),
    files: (operands) => operands,
  },
  // -f, -F and --follow never end.
  tail: {
    letters: 'qv',
    flags: [/^-\d{1,7}$/],
    valued: { '-n': extent, '-c': extent, '--lines': extent, '--bytes': extent },
    operands: some(absolute),
    files: (operands) => operands,
  },
  wc: { letters: 'lwcmL', operands: some(absolute), files: (operands) => operands },
  // -f reads its patterns from a file; -R follows links out of the folder. Without a file it would read a folder of its own choice.
  grep: {
    letters: 'cEFGHhilLnoPsvwxaqIrz',
    flags: [
      '--color=never',
      '--ignore-case',
      '--count',
      '--invert-match',
      '--line-number',
      '--no-filename',
      '--with-filename',
      '--text',
      '--recursive',
    ],
    valued: {
      '-e': anyText,
      '-m': count,
      '-A': count,
      '-B': count,
      '-C': count,
      '--max-count': count,
      '--include': text,
      '--exclude': text,
    },
    operands: (operands, options) =>
      (options.has('-e') || operands.length > 0) && some(absolute)(afterPattern(operands, options)),
    files: afterPattern,
  },
  // Vacuuming, rotating, flushing and setting up keys change the journal; --file, -D and --root read elsewhere; --cursor-file writes; -f never ends.
  // Formats with all fields (verbose, export, json) show the environments of programs that crashed.
  journalctl: {
    letters: 'kxraqem',
    flags: [
      '--no-pager',
      '--no-hostname',
      '--utc',
      '--dmesg',
      '--boot',
      '--reverse',
      '--all',
      '--quiet',
      '--catalog',
      '--disk-usage',
      '--list-boots',
      '--system',
      '-b',
      /^-b-?\d{1,3}$/,
      /^-\d{1,2}$/,
      '--no-full',
      '--merge',
    ],
    valued: {
      '-n': count,
      '--lines': count,
      '-u': text,
      '--unit': text,
      '-t': text,
      '--identifier': text,
      '-p': word,
      '--priority': word,
      '-S': text,
      '-U': text,
      '--since': text,
      '--until': text,
      '-o': lineFormat,
      '--output': lineFormat,
      '-g': anyText,
      '--grep': anyText,
      '--facility': word,
      '--boot': extent,
    },
    operands: all((operand) => /^_?[A-Z][A-Z0-9_]*=[^\p{Cc}]{0,200}$/u.test(operand), 10),
  },
  // `show` and `cat` tell of environments and with them of secrets: `show` is for named properties only. -H and -M go elsewhere.
  systemctl: {
    letters: 'alq',
    flags: ['--all', '--full', '--no-pager', '--no-legend', '--plain', '--failed', '--quiet', '--reverse', '--value'],
    valued: {
      '-n': count,
      '--lines': count,
      '-t': word,
      '--type': word,
      '--state': word,
      '-p': properties,
      '--property': properties,
      '-o': lineFormat,
    },
    operands: ([verb = 'list-units', ...rest], options) =>
      all(text, 20)(rest) &&
      (oneOf(
        'status',
        'list-units',
        'list-timers',
        'list-sockets',
        'list-unit-files',
        'list-jobs',
        'list-dependencies',
        'is-active',
        'is-enabled',
        'is-failed',
        'is-system-running',
        'get-default',
      )(verb) ||
        (verb === 'show' && (options.has('-p') || options.has('--property')))),
  },
  timedatectl: {
    flags: ['--no-pager', '-a', '--all'],
    operands: ([verb = 'status', ...rest]) => rest.length === 0 && oneOf('status', 'show', 'timesync-status')(verb),
  },
  hostnamectl: { operands: ([verb = 'status', ...rest]) => rest.length === 0 && verb === 'status' },
  'systemd-analyze': {
    flags: ['--no-pager'],
    operands: ([verb = 'time', ...rest]) => rest.length === 0 && oneOf('time', 'blame', 'critical-chain')(verb),
  },
  loginctl: {
    flags: ['--no-pager', '--no-legend'],
    operands: ([verb = 'list-sessions', ...rest]) => rest.length === 0 && oneOf('list-sessions', 'list-users')(verb),
  },
  // Secrets are never read; --raw, -f and files of templates read anything; -w never ends; --server, --context, --token, --as and --kubeconfig are somebody else.
  kubectl: {
    letters: 'Ap',
    flags: [
      '--all-namespaces',
      '--no-headers',
      '--show-labels',
      '--previous',
      '--all-containers',
      '--timestamps',
      '--prefix',
      '--ignore-not-found',
      '--client',
      '--containers',
      /^--(all-containers|previous|timestamps|show-labels)=(true|false)$/,
    ],
    valued: {
      '-n': word,
      '--namespace': word,
      '-l': text,
      '--selector': text,
      '--field-selector': text,
      '-c': word,
      '--container': word,
      '--tail': extent,
      '--since': word,
      '--since-time': word,
      '--sort-by': text,
      '--for': word,
      '--types': word,
      '-L': word,
      '--request-timeout': word,
      '--limit-bytes': count,
      '-o': kubectlFormat,
      '--output': kubectlFormat,
    },
    operands: ([verb = '', ...rest]) =>
      all(word, 20)(rest) &&
      !rest.some(isSecret) &&
      (verb === 'cluster-info'
        ? rest.length === 0
        : KUBECTL(verb) ||
          (verb === 'rollout' && oneOf('status', 'history')(rest[0] ?? '')) ||
          (verb === 'config' && rest.length === 1 && oneOf('current-context', 'get-contexts')(rest[0] ?? ''))),
  },
  docker: CONTAINERS,
  podman: CONTAINERS,
  // -c and -p read another configuration, -g runs directives, -s sends signals, -T prints what may hold secrets; alone it starts a server.
  nginx: { flags: ['-t', '-q', '-v', '-V'], needs: ['-t', '-v', '-V'] },
};

/** A pattern may begin with a dash. */
function anyText(value: string): boolean {
  return value.length <= 500 && !/\p{Cc}/u.test(value);
}

function lineFormat(value: string): boolean {
  return /^(short(-[a-z]+)*|with-unit|cat)$/.test(value);
}

function properties(value: string): boolean {
  return /^[A-Za-z]+(,[A-Za-z]+)*$/.test(value) && !/environment|exec|credential|bus/i.test(value);
}

function containerFields(value: string): boolean {
  const [before = '', ...parts] = value.split('{{');
  const isPlain = (part: string): boolean => part.length <= 200 && !/[{}\p{Cc}]/u.test(part);
  return (
    parts.length > 0 &&
    isPlain(before) &&
    parts.every((part) => {
      const [field = '', after, ...more] = part.split('}}');
      return CONTAINER_FIELD.test(field.trim()) && after !== undefined && isPlain(after) && more.length === 0;
    })
  );
}

function kubectlFormat(value: string): boolean {
  return /^(json|yaml|wide|name|(jsonpath|custom-columns|go-template)=[^\p{Cc}]{1,300})$/u.test(value);
}
