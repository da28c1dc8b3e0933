/** What a value or a word has to be. */
export type Check = (text: string) => boolean;

/** Which calls of one program only read. What is not named here is not a read: the call is asked for. */
export interface ReadRule {
  /** Options of one letter without a value; they may be joined. */
  readonly letters?: string;
  /** Other options without a value, exactly as they are written. */
  readonly flags?: readonly (string | RegExp)[];
  /** Options with a value: `-n 5`, `-n5`, `--lines=5`. */
  readonly valued?: Readonly<Record<string, Check>>;
  /** Looks at everything that is no option; without it there must be nothing. */
  readonly operands?: (operands: readonly string[], options: ReadonlySet<string>) => boolean;
  /** One of these options must be there. */
  readonly needs?: readonly string[];
  /** The files whose content it shows. */
  readonly files?: (operands: readonly string[], options: ReadonlySet<string>) => readonly string[];
  /** It asks the network rather than the machine. */
  readonly isProbe?: true;
}

/** A call as a rule has understood it. */
export interface ReadCall {
  readonly operands: readonly string[];
  readonly options: ReadonlySet<string>;
}

/** A call by its rule; undefined when anything in it is not known to be harmless. */
export function readCallOf(args: readonly string[], rule: ReadRule): ReadCall | undefined {
  const operands: string[] = [];
  const options = new Set<string>();
  for (let index = 0; index < args.length; index += 1) {
    const arg = args[index] ?? '';
    if (!arg.startsWith('-')) {
      operands.push(arg);
      continue;
    }
    const option = optionOf(arg, args[index + 1], rule);
    if (option === undefined) return undefined;
    option.names.forEach((name) => options.add(name));
    if (option.takesNext) index += 1;
  }
  if (rule.needs && !rule.needs.some((name) => options.has(name))) return undefined;
  const fits = rule.operands ? rule.operands(operands, options) : operands.length === 0;
  return fits ? { operands, options } : undefined;
}

interface Option {
  readonly names: readonly string[];
  readonly takesNext: boolean;
}

function optionOf(arg: string, next: string | undefined, rule: ReadRule): Option | undefined {
  const { flags = [], valued = {}, letters = '' } = rule;
  const check = (name: string): Check | undefined => (Object.hasOwn(valued, name) ? valued[name] : undefined);
  if (flags.some((flag) => (typeof flag === 'string' ? flag === arg : flag.test(arg)))) {
    return { names: [arg.split('=')[0] ?? arg], takesNext: false };
  }
  const own = check(arg);
  if (own) return next !== undefined && own(next) ? { names: [arg], takesNext: true } : undefined;
  if (arg.startsWith('--')) {
    const at = arg.indexOf('=');
    const fits = at !== -1 && check(arg.slice(0, at))?.(arg.slice(at + 1));
    return fits ? { names: [arg.slice(0, at)], takesNext: false } : undefined;
  }
  return joinedLetters([...arg.slice(1)], next, letters, check);
}

/** `-xn5` or `-xn 5`: letters without values, and at the end perhaps one with its value. */
function joinedLetters(
  given: readonly string[],
  next: string | undefined,
  letters: string,
  check: (name: string) => Check | undefined,
): Option | undefined {
  const names: string[] = [];
  for (const [index, letter] of given.entries()) {
    names.push(`-${letter}`);
    const own = check(`-${letter}`);
    if (own) {
      const attached = given.slice(index + 1).join('');
      const value = attached === '' ? next : attached;
      return value !== undefined && own(value) ? { names, takesNext: attached === '' } : undefined;
    }
    if (!letters.includes(letter)) return undefined;
  }
  return names.length > 0 ? { names, takesNext: false } : undefined;
}

const CONTROL = /\p{Cc}/u;

/** Names, numbers, dates and lists of them. */
export const word: Check = (text) => /^[\w@+%=.,:/][\w@+%=.,:/-]{0,199}$/.test(text);
export const text: Check = (value) => !value.startsWith('-') && value.length <= 500 && !CONTROL.test(value);
export const count: Check = (value) => /^\d{1,7}$/.test(value);
/** Of lines or bytes, from either end. */
export const extent: Check = (value) => /^[+-]?\d{1,9}[kKMG]?$/.test(value);
export const absolute: Check = (value) => value.startsWith('/') && value.length <= 1_000 && !value.includes('\0');

export const all =
  (check: Check, most = 50) =>
  (operands: readonly string[]): boolean =>
    operands.length <= most && operands.every(check);
export const some =
  (check: Check) =>
  (operands: readonly string[]): boolean =>
    operands.length > 0 && all(check)(operands);
export const oneOf =
  (...words: readonly string[]): Check =>
  (value) =>
    words.includes(value);
