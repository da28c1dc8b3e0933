const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
/** How far into a line its time may stand. */
const HEAD = 240;
const DAY_MS = 86_400_000;

interface Parts {
  year: number;
  month: number;
  day: number;
  clock: string;
  fraction?: string | undefined;
  zone?: string | undefined;
}

type Read = (line: string, nearMs: number) => number | undefined;

const ISO = /\b(\d{4})[-/.](\d\d)[-/.](\d\d)[T _](\d\d:\d\d:\d\d)(?:[.,](\d{1,9}))?(?: ?(Z|UTC|GMT|[+-]\d\d:?\d\d))?/;
const DAY_FIRST =
  /\b(\d{1,2})[ /-]([A-Z][a-z]{2})[ /-](\d{4})[ :](\d\d:\d\d:\d\d)(?:[.,](\d{1,9}))?(?: ?(Z|UTC|GMT|[+-]\d\d:?\d\d))?/;
const YEAR_LAST = /\b([A-Z][a-z]{2}) {1,2}(\d{1,2}) (\d\d:\d\d:\d\d)(?:\.(\d{1,9}))? (\d{4})\b/;
const SYSLOG = /^(?:<\d{1,3}>)?([A-Z][a-z]{2}) {1,2}(\d{1,2}) (\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?/;
const KLOG = /^[IWEF](\d\d)(\d\d) (\d\d:\d\d:\d\d)\.(\d{1,9})/;
const EPOCH = /^\[?(\d{10})(?:\.(\d{1,9}))?\b|^\[?(\d{13})\b/;
const EPOCH_FIELD = /"(?:time|timestamp|@timestamp|ts|t)"\s*:\s*(\d{10,13})(?:\.(\d{1,9}))?/;

const READS: readonly Read[] = [
  (line) => {
    const [all, year, month, day, clock = '', fraction, zone] = ISO.exec(line) ?? [];
    if (all === undefined) return undefined;
    return momentOf({ year: Number(year), month: Number(month), day: Number(day), clock, fraction, zone });
  },
  (line) => {
    const [all, day, month = '', year, clock = '', fraction, zone] = DAY_FIRST.exec(line) ?? [];
    if (all === undefined) return undefined;
    return momentOf({ year: Number(year), month: monthOf(month), day: Number(day), clock, fraction, zone });
  },
  (line) => {
    const [all, month = '', day, clock = '', fraction, year] = YEAR_LAST.exec(line) ?? [];
    if (all === undefined) return undefined;
    return momentOf({ year: Number(year), month: monthOf(month), day: Number(day), clock, fraction });
  },
  (line, nearMs) => {
    const [all, month = '', day, clock = '', fraction] = SYSLOG.exec(line) ?? [];
    if (all === undefined) return undefined;
    return withoutYear({ month: monthOf(month), day: Number(day), clock, fraction }, nearMs);
  },
  (line, nearMs) => {
    const [all, month, day, clock = '', fraction] = KLOG.exec(line) ?? [];
    if (all === undefined) return undefined;
    return withoutYear({ month: Number(month), day: Number(day), clock, fraction }, nearMs);
  },
  (line) => {
    const [all, seconds, fraction = '0', milliseconds] = EPOCH.exec(line) ?? [];
    if (all === undefined) return undefined;
    return milliseconds === undefined ? Number(seconds) * 1000 + Number(`0.${fraction}`) * 1000 : Number(milliseconds);
  },
  (line) => {
    const [all, number = '', fraction = '0'] = EPOCH_FIELD.exec(line) ?? [];
    if (all === undefined) return undefined;
    return number.length > 10 ? Number(number.slice(0, 13)) : Number(number) * 1000 + Number(`0.${fraction}`) * 1000;
  },
];

/** Reads when lines of one file were written; without a zone in them, in the zone of this server. */
export class LineTimes {
  private usual: Read | undefined;
  private readonly nearMs: number;

  /** @param nearMs when the file was last written: tells the year where lines have none */
  constructor(nearMs: number) {
    this.nearMs = nearMs;
  }

  /** @returns Unix milliseconds; undefined when the line does not tell */
  of(line: string): number | undefined {
    const head = line.length > HEAD ? line.slice(0, HEAD) : line;
    const usual = this.usual?.(head, this.nearMs);
    if (usual !== undefined) return usual;
    for (const read of READS) {
      const moment = read(head, this.nearMs);
      if (moment === undefined) continue;
      this.usual = read;
      return moment;
    }
    return undefined;
  }
}

function momentOf({ year, month, day, clock, fraction = '0', zone }: Parts): number | undefined {
  if (!(month >= 1 && month <= 12 && day >= 1 && day <= 31)) return undefined;
  const hour =
    zone === undefined
      ? new Date(year, month - 1, day, hoursOf(clock)).getTime()
      : Date.UTC(year, month - 1, day, hoursOf(clock));
  const ms =
    Number(clock.slice(3, 5)) * 60_000 + Number(clock.slice(6, 8)) * 1_000 + Math.floor(Number(`0.${fraction}`) * 1000);
  return hour + ms - (zone === undefined ? 0 : offsetOf(zone));
}

function hoursOf(clock: string): number {
  return Number(clock.slice(0, 2));
}

/** The last such moment before `nearMs`; a day later is still now, for clocks differ. */
function withoutYear(parts: Omit<Parts, 'year'>, nearMs: number): number | undefined {
  const year = new Date(nearMs).getFullYear();
  const moment = momentOf({ ...parts, year });
  return moment !== undefined && moment > nearMs + DAY_MS ? momentOf({ ...parts, year: year - 1 }) : moment;
}

function offsetOf(zone: string): number {
  if (zone.length === 1) return 0;
  const [, sign, hours, minutes] = /^([+-])(\d\d):?(\d\d)$/.exec(zone) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * 60_000;
}

function monthOf(name: string): number {
  return MONTHS.indexOf(name.toLowerCase()) + 1;
}
