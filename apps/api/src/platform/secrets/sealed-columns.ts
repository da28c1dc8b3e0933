import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import { SecretBox, type SecretPlace, SecretUnreadable } from './secret-box.js';

/** A column of sealed texts. */
export interface SealedColumn {
  readonly table: string;
  readonly column: string;
  /** The column that names a row of the table. */
  readonly key: string;
  /** The column whose value the texts are bound to as their row. */
  readonly row: string;
  /** The place they are bound to, without the row. */
  readonly place: Omit<SecretPlace, 'row'>;
}

interface SealedRow {
  readonly key: string;
  readonly row: string;
  readonly sealed: string;
}

const ROWS_AT_ONCE = 100;

/** Every column that holds sealed texts; a feature registers its own. */
@Injectable()
export class SealedColumns {
  private readonly columns: SealedColumn[] = [];

  constructor(
    private readonly database: Database,
    private readonly box: SecretBox,
  ) {}

  register(column: SealedColumn): void {
    this.columns.push(column);
  }

  /** How many texts each key sealed, by its id. */
  async counts(): Promise<Map<string, number>> {
    const counts = new Map<string, number>();
    for (const { table, column } of this.columns) {
      const rows = await this.database.query<{ id: string; texts: number }>(
        `select split_part(${column}, ':', 2) id, count(*)::int texts from ${table} where ${column} is not null group by 1`,
      );
      for (const { id, texts } of rows) counts.set(id, (counts.get(id) ?? 0) + texts);
    }
    return counts;
  }

  /**
   * Seals every text anew that the key `id` did not seal. A text that changes meanwhile is left as it was changed; one that
   * cannot be opened stays.
   * @returns how many were sealed anew
   */
  async sealAnew(id: string, signal: AbortSignal): Promise<number> {
    let done = 0;
    for (const column of this.columns) {
      for (let after = '', rows; !signal.aborted && (rows = await this.rowsAfter(column, id, after)).length > 0;) {
        for (const row of rows) if (!signal.aborted && (await this.sealOne(column, row))) done += 1;
        after = rows.at(-1)?.key ?? after;
      }
    }
    return done;
  }

  private rowsAfter({ table, column, key, row }: SealedColumn, id: string, after: string): Promise<SealedRow[]> {
    return this.database.query<SealedRow>(
      `select ${key}::text "key", ${row}::text "row", ${column} sealed from ${table}
       where ${column} is not null and split_part(${column}, ':', 2) <> $1 and ${key}::text > $2
       order by ${key}::text limit ${ROWS_AT_ONCE}`,
      [id, after],
    );
  }

  private async sealOne(
    { table, column, key, place }: SealedColumn,
    { row, sealed, ...at }: SealedRow,
  ): Promise<boolean> {
    const anew = this.sealedAnew(sealed, { ...place, row });
    if (anew === undefined) return false;
    return this.database.transaction(async () => {
      // The content stays the same: a row does not count as changed, see the trigger of llm_configs.
      await this.database.query(`select set_config('opsagent.sealing_anew', 'on', true)`);
      const updated = await this.database.query(
        `with done as (update ${table} set ${column} = $1 where ${key}::text = $2 and ${column} = $3 returning 1) select 1 from done`,
        [anew, at.key, sealed],
      );
      return updated.length > 0;
    });
  }

  private sealedAnew(sealed: string, place: SecretPlace): string | undefined {
    try {
      return this.box.seal(this.box.open(sealed, place), place);
    } catch (error) {
      if (error instanceof SecretUnreadable) return undefined;
      throw error;
    }
  }
}
