import type { ReadAnswer, ReadLimits } from './database-session.js';

/** Keeps the rows of an answer as far as its limits allow. */
export class RowKeeper {
  readonly rows: unknown[][] = [];
  endedBy: ReadAnswer['endedBy'];
  private bytes = 0;

  constructor(readonly limits: ReadLimits) {}

  /** @returns whether it could keep the row */
  add(row: readonly unknown[]): boolean {
    if (this.endedBy !== undefined) return false;
    if (this.rows.length >= this.limits.rows) this.endedBy = 'rows';
    else this.keep(row.map((value) => shortened(value, this.limits.characters)));
    return this.endedBy === undefined;
  }

  private keep(row: unknown[]): void {
    this.bytes += Buffer.byteLength(JSON.stringify(row));
    // One row is told whatever its size, for its values are bounded.
    if (this.bytes > this.limits.bytes && this.rows.length > 0) this.endedBy = 'bytes';
    else this.rows.push(row);
  }
}

/** A value as it is told: long texts are cut, and lists and documents that are long become cut texts. */
function shortened(value: unknown, characters: number): unknown {
  if (typeof value === 'string') return cut(value, characters);
  if (typeof value !== 'object' || value === null) return value;
  const text = JSON.stringify(value);
  return text.length <= characters ? value : cut(text, characters);
}

function cut(text: string, characters: number): string {
  if (text.length <= characters) return text;
  return `${text.slice(0, characters).toWellFormed()}… (${text.length} characters)`;
}

/** A number where it is one exactly; else the text. */
export function exactNumber(text: string): number | string {
  const number = Number(text);
  if (!Number.isFinite(number) || Math.abs(number) > Number.MAX_SAFE_INTEGER) return text;
  return text.replace(/[^0-9]/g, '').replace(/^0+/, '').length <= 15 ? number : text;
}

/** Bytes as they are told. */
export function toldBytes(bytes: Buffer): string {
  const shown = bytes.subarray(0, 64).toString('hex');
  return `0x${shown}${bytes.length > 64 ? '…' : ''} (${bytes.length} bytes)`;
}
