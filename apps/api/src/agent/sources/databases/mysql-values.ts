import type { FieldPacket } from 'mysql2';
import { exactNumber, toldBytes } from './row-keeper.js';

/** The types of the wire. Source: dev.mysql.com/doc/dev/mysql-server/latest, enum_field_types */
const TYPE_NAMES: Readonly<Record<number, string>> = {
  0: 'decimal',
  1: 'tinyint',
  2: 'smallint',
  3: 'int',
  4: 'float',
  5: 'double',
  6: 'null',
  7: 'timestamp',
  8: 'bigint',
  9: 'mediumint',
  10: 'date',
  11: 'time',
  12: 'datetime',
  13: 'year',
  15: 'varchar',
  16: 'bit',
  245: 'json',
  246: 'decimal',
  247: 'enum',
  248: 'set',
  249: 'tinytext',
  250: 'mediumtext',
  251: 'longtext',
  252: 'text',
  253: 'varchar',
  254: 'char',
  255: 'geometry',
};

const typeOf = ({ columnType, type }: FieldPacket): number => columnType ?? type ?? -1;

/** What a column holds. */
export function mysqlTypeName(field: FieldPacket): string {
  return field.extendedFormat ?? field.extendedTypeName ?? TYPE_NAMES[typeOf(field)] ?? 'unknown';
}

/** A value as it is told to a model. */
export function mysqlValue(value: unknown, field: FieldPacket | undefined): unknown {
  const name = field ? mysqlTypeName(field) : '';
  if (Buffer.isBuffer(value)) return name === 'bit' ? bitsOf(value) : bytesOf(value);
  if (typeof value !== 'string') return value;
  if (name === 'decimal' || name === 'bigint') return exactNumber(value);
  if (name === 'timestamp') return `${value.replace(' ', 'T')}Z`;
  if (name === 'datetime') return value.replace(' ', 'T');
  return name === 'json' ? jsonOf(value) : value;
}

function bitsOf(bytes: Buffer): number | string {
  return exactNumber(BigInt(`0x${bytes.toString('hex') || '0'}`).toString());
}

/** Many a text of the server's own tables is declared as bytes. */
function bytesOf(bytes: Buffer): string {
  const text = bytes.toString('utf8');
  return Buffer.from(text, 'utf8').equals(bytes) && !/\p{Cc}/u.test(text.replace(/[\t\r\n]/g, ''))
    ? text
    : toldBytes(bytes);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
