/** Whole numbers of a millionth: what a price per million tokens is kept in. */
const DECIMAL = /^\d{1,9}(\.\d{1,6})?$/;

/** Prices times tokens come in parts of this size. */
const PARTS = 12;

/** As exact as the database keeps a price. */
const SHOWN = 10;

/** Whether a value is a decimal that a price may be. */
export function isDecimal(value: unknown): value is string {
  return typeof value === 'string' && DECIMAL.test(value);
}

/** A decimal in millionths. */
export function millionthsOf(decimal: string): bigint {
  const [whole = '', fraction = ''] = decimal.split('.');
  return BigInt(whole + fraction.padEnd(6, '0'));
}

/** So many tokens at so many millionths per million of them, in 10^-12 of the currency. */
export function costOf(tokens: number, millionths: bigint): bigint {
  return BigInt(tokens) * millionths;
}

/** An amount of 10^-12 as a decimal, rounded to ten places and without zeros at its end. */
export function decimalOf(amount: bigint): string {
  const unit = 10n ** BigInt(PARTS - SHOWN);
  const digits = String((amount + unit / 2n) / unit).padStart(SHOWN + 1, '0');
  return trimmedDecimal(`${digits.slice(0, -SHOWN)}.${digits.slice(-SHOWN)}`);
}

/** A decimal of at most ten places as an amount of 10^-12. */
export function amountOf(decimal: string): bigint {
  const [whole = '', fraction = ''] = decimal.split('.');
  return BigInt(whole + fraction.padEnd(PARTS, '0'));
}

/** The same decimal without zeros at its end. */
export function trimmedDecimal(decimal: string): string {
  return decimal.includes('.') ? decimal.replace(/\.?0+$/, '') : decimal;
}
