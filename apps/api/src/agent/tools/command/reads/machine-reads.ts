import { absolute, all, count, oneOf, type ReadRule, some, text, word } from './read-rule.js';

const PS_COLUMN =
  /^(pid|ppid|pgid|sid|user|uid|euser|ruser|group|gid|pcpu|%cpu|pmem|%mem|c|cp|rss|vsz|sz|size|stat|state|s|start|lstart|start_time|stime|bsdstart|etime|etimes|time|cputime|cputimes|tty|tt|tname|comm|ucmd|ucomm|args|cmd|command|nlwp|thcount|lwp|tid|ni|nice|pri|cls|class|rtprio|psr|wchan|cgroup|unit|maj_flt|min_flt)(:\d{1,3})?=?$/;
const columns = (value: string): boolean => value.split(',').every((column) => PS_COLUMN.test(column));
const sortKeys = (value: string): boolean =>
  value.split(',').every((key) => PS_COLUMN.test(key.replace(/^[+-]/, '')) && !key.endsWith('='));

const pids = (value: string): boolean => /^\d{1,7}(,\d{1,7})*$/.test(value);
const PS_OF_ALL = ['-e', '-ef', '-eF', '-el', '-elf', '-eLf'];
const PS_FORMATS = ['-f', '-F', '-l'];

/** Processes, memory, disks and what the kernel says of them. */
export const MACHINE_READS: Readonly<Record<string, ReadRule>> = {
  // BSD's `e` shows environments, and with them secrets. Where ps cannot make sense of its arguments, it reads all of
  // them again as BSD's: so -e stands only with what cannot contradict it, and no name that could be read as letters.
  ps: {
    flags: [...PS_OF_ALL, ...PS_FORMATS, '-A', '-aux', '-w', '-ww', '--forest', '--no-headers'],
    valued: {
      '-o': columns,
      '-eo': columns,
      '-Ao': columns,
      '--format': columns,
      '--sort': sortKeys,
      '-p': pids,
      '--pid': pids,
      '--ppid': pids,
    },
    operands: (operands, options) => {
      const given = [...options];
      if (!given.some((name) => name.startsWith('-e'))) {
        return operands.length === 0 || (operands.length === 1 && /^[aflrujvxwhTHLmS]{1,8}$/.test(operands[0] ?? ''));
      }
      const [first = '', ...rest] = given.filter((name) => !['--sort', '--no-headers', '-w', '-ww'].includes(name));
      const isOfColumns = first === '-e' && rest.every((name) => ['-o', '--format'].includes(name));
      return operands.length === 0 && (isOfColumns || (first.startsWith('-e') && rest.length === 0));
    },
  },
  pgrep: { letters: 'aflvxc', valued: { '-u': word, '-P': word, '-d': text }, operands: all(text, 1) },
  pidof: { letters: 's', operands: some(word) },
  pstree: { letters: 'aplucnhsTt', operands: all(word, 1) },
  // Without -b it waits for keys.
  top: {
    letters: 'bcHi',
    valued: { '-n': count, '-d': word, '-p': word, '-o': word, '-u': word, '-w': count },
    needs: ['-b'],
  },
  free: { letters: 'bkmghltwv', flags: ['--si', '--mega', '--giga', '--human', '--total', '--wide'] },
  uptime: { letters: 'ps', flags: ['--pretty', '--since'] },
  vmstat: { letters: 'adnstwmf', operands: all(count, 2) },
  iostat: { letters: 'cdhkmNptxyz', operands: all(word, 8) },
  mpstat: { valued: { '-P': word }, letters: 'un', operands: all(count, 2) },
  // -e runs a program.
  pidstat: { letters: 'druhwtIl', valued: { '-p': word, '-C': text }, operands: all(count, 2) },
  nproc: { flags: ['--all'] },
  arch: {},
  lscpu: { letters: 'eJ' },
  lsblk: { letters: 'abfilmnoprStzJP', operands: all(word, 8) },
  lsmod: {},
  findmnt: { letters: 'abDflnrsuAJ', valued: { '-t': word, '-o': word }, operands: all(word, 2) },
  // With an operand it mounts.
  mount: {},
  swapon: { flags: ['--show', '-s', '--summary', '--noheadings', '--bytes'], needs: ['--show', '-s', '--summary'] },
  df: {
    letters: 'ahHiklmPT',
    flags: ['--total', '--human-readable', '--inodes', '--local', /^--output(=[a-z,]+)?$/],
    valued: { '-t': word, '-x': word, '-B': word, '--type': word, '--exclude-type': word },
    operands: all(absolute),
  },
  // --files0-from and --exclude-from read a file, and their complaints show what is in it.
  du: {
    letters: 'abchklmsSxL',
    flags: ['--apparent-size', '--time', '--human-readable', '--summarize', '--one-file-system', '--total', '--inodes'],
    valued: { '-d': count, '--max-depth': count, '--exclude': text, '-t': word, '--threshold': word },
    operands: some(absolute),
  },
  // Predicates that run, delete or write something (-exec, -ok, -delete, -fprint …) are not here.
  find: {
    flags: [
      '-xdev',
      '-mount',
      '-print',
      '-ls',
      '-empty',
      '-not',
      '-o',
      '-a',
      '-or',
      '-and',
      '-nouser',
      '-nogroup',
      '-readable',
    ],
    valued: {
      '-name': text,
      '-iname': text,
      '-path': text,
      '-ipath': text,
      '-lname': text,
      '-type': word,
      '-size': signed,
      '-mtime': signed,
      '-mmin': signed,
      '-atime': signed,
      '-amin': signed,
      '-ctime': signed,
      '-cmin': signed,
      '-maxdepth': count,
      '-mindepth': count,
      '-newermt': text,
      '-user': word,
      '-group': word,
      '-perm': signed,
      '-links': signed,
      '-printf': text,
    },
    operands: some((operand) => absolute(operand) || oneOf('!', '(', ')')(operand)),
  },
  ls: {
    letters: 'aAbBcCdfFgGhHiklLmnNopqQrRsStuUvxXZ1',
    flags: [
      '--full-time',
      '--almost-all',
      '--all',
      '--human-readable',
      '--group-directories-first',
      /^--time-style=[\w:+%-]+$/,
      /^--sort=\w+$/,
    ],
    operands: some(absolute),
  },
  stat: { letters: 'Lft', valued: { '-c': text, '--format': text, '--printf': text }, operands: some(absolute) },
  readlink: { letters: 'femnvz', operands: some(absolute) },
  realpath: { letters: 'ems', operands: some(absolute) },
  // -s and --set change the clock, and so does a number as operand; -f and -r look at files.
  date: {
    letters: 'uR',
    flags: ['--utc', '--rfc-email', /^-I(date|hours|minutes|seconds|ns)?$/, /^--(iso-8601|rfc-3339)(=\w+)?$/],
    valued: { '-d': text, '--date': text },
    operands: (operands) => operands.length === 0 || (operands.length === 1 && (operands[0] ?? '').startsWith('+')),
  },
  // With an operand it names the machine, with -F too.
  hostname: { letters: 'fsidIA', flags: ['--fqdn', '--short'] },
  uname: { letters: 'asnrvmpio', flags: ['--all'] },
  id: { letters: 'Ggnru', operands: all(word, 1) },
  whoami: {},
  who: { letters: 'abdHlmpqrtTu' },
  w: { letters: 'hsfoi', operands: all(word, 1) },
  last: {
    letters: 'adFiwx',
    valued: { '-n': count, '-s': text, '-t': text },
    flags: [/^-\d{1,4}$/],
    operands: all(word, 2),
  },
  getent: {
    operands: (operands) =>
      operands.length > 0 &&
      oneOf('passwd', 'group', 'services', 'protocols')(operands[0] ?? '') &&
      all(word, 5)(operands),
  },
  // Clearing (-c, -C) and the console's level (-D, -E, -n) change the kernel's log; -w never ends; -F reads a file.
  dmesg: {
    letters: 'HTtxkuLeP',
    flags: ['--human', '--ctime', '--kernel', '--decode', '--nopager', '--notime'],
    valued: { '-l': word, '--level': word, '-f': word, '--facility': word, '--since': text, '--until': text },
  },
  // `name=value` sets; -w, -p and --system too. -a, and names that stand for many, show keys as well.
  sysctl: {
    letters: 'neN',
    flags: ['--values', '--names'],
    operands: some(kernelSetting),
  },
  lsof: {
    letters: 'nPaltRUb',
    flags: [/^-i([46]?(TCP|UDP|tcp|udp)?(@[\w.:[\]-]+)?(:[\w,-]+)?)?$/, /^-nP?i?$/, /^-s(TCP|UDP):[\w^,]+$/],
    // -D writes its cache, -r never ends, -k and -m read other files.
    valued: { '-p': word, '-u': (value) => /^\^?[\w.,-]+$/.test(value), '-c': word, '-g': word },
    operands: all((operand) => absolute(operand) || /^\+(L1?|D|d)$/.test(operand)),
  },
  dpkg: {
    flags: ['-l', '-s', '-L', '-S', '--list', '--status', '--listfiles', '--search'],
    needs: ['-l', '-s', '-L', '-S', '--list', '--status', '--listfiles', '--search'],
    operands: all(text, 10),
  },
};

function kernelSetting(name: string): boolean {
  const isKnown =
    /^((vm|fs|kernel|net[./](core|ipv4|netfilter))[./][\w./-]+|net[./]ipv6[./]conf[./][\w-]+[./]\w+)$/.test(name);
  return isKnown && !/key|secret/i.test(name);
}

function signed(value: string): boolean {
  return /^[+-]?[\w,=/]{1,30}$/.test(value);
}
