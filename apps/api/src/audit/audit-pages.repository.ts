import { Injectable } from '@nestjs/common';
import type { SelectQueryBuilder } from 'typeorm';
import { Database } from '../platform/database/database.js';
import type { AuditLogEntry } from './audit-entry.entity.js';
import { type AuditFilter, AuditRepository } from './audit.repository.js';
import { AuditSearch, HAS_GROUPS, isSoonerByIndex } from './audit-search.js';

/** More are not counted one by one. */
const MOST_COUNTED = 10_000;

/** Some entries, newest first, and how many there are; `isCapped` when there are still more than `total`. */
export interface AuditPage {
  readonly entries: AuditLogEntry[];
  readonly total: number;
  readonly isCapped: boolean;
}

/** Which numbers there are. Those of the chain have no gaps; `older` entries are from before there was one. */
interface Extent {
  readonly first: string;
  readonly last: string;
  readonly older: string;
}

type Chosen = SelectQueryBuilder<AuditLogEntry>;

/** Pages of the log, without reading more of it than a page needs. */
@Injectable()
export class AuditPages {
  constructor(
    private readonly entries: AuditRepository,
    private readonly search: AuditSearch,
    private readonly database: Database,
  ) {}

  async page(filter: AuditFilter, skip: number, limit: number): Promise<AuditPage> {
    if (Object.values(filter).every((value) => value === undefined)) return this.ofAll(skip, limit);
    const choose = await this.chooser(filter);
    const counted = await this.count(choose(MOST_COUNTED));
    const entries = await newestFirst(choose(skip + limit), filter)
      .offset(skip)
      .limit(limit)
      .getMany();
    return { entries, total: Math.min(counted, MOST_COUNTED), isCapped: counted > MOST_COUNTED };
  }

  /** The entries of a filter, in the way that is best where so many of them are wanted. */
  private async chooser(filter: AuditFilter): Promise<(wanted: number) => Chosen> {
    const { search } = filter;
    if (!search) return () => this.entries.chosen(filter);
    const likely = await this.search.likely(search);
    return (wanted) => {
      const chosen = this.entries.chosen(filter);
      return isSoonerByIndex(likely, wanted) ? chosen.andWhere(HAS_GROUPS, { search }) : chosen;
    };
  }

  /** Everything: where a page begins and how many entries there are follows from their numbers. */
  private async ofAll(skip: number, limit: number): Promise<AuditPage> {
    const { first, last, older } = await this.extent();
    const chained = Number(last) - Number(first) + 1;
    const chosen = this.entries.chosen({}).orderBy('entry.seq', 'DESC').limit(limit);
    if (skip < chained) chosen.andWhere('entry.seq <= :upTo', { upTo: String(BigInt(last) - BigInt(skip)) });
    else chosen.offset(skip);
    return { entries: await chosen.getMany(), total: chained + Number(older), isCapped: false };
  }

  private async extent(): Promise<Extent> {
    const [extent] = await this.database.query<Extent>(`
      select first, last, (select count(*) from audit_log where seq < first) older
        from (select coalesce(max(seq), 0) last from audit_log) newest,
             (select coalesce(min(seq), (select coalesce(max(seq), 0) + 1 from audit_log)) first
                from audit_log where hash is not null) oldest`);
    return extent ?? { first: '1', last: '0', older: '0' };
  }

  private async count(chosen: Chosen): Promise<number> {
    const [text, values] = chosen
      .select('1')
      .limit(MOST_COUNTED + 1)
      .getQueryAndParameters();
    const [row] = await this.database.query<{ count: number }>(`select count(*)::int from (${text}) found`, values);
    return row?.count ?? 0;
  }
}

/** Numbers are given out in the order of time, or nearly so; an end in time is found by its index alone. */
function newestFirst(chosen: Chosen, { to }: AuditFilter): Chosen {
  return to ? chosen.orderBy('entry.at', 'DESC').addOrderBy('entry.seq', 'DESC') : chosen.orderBy('entry.seq', 'DESC');
}
