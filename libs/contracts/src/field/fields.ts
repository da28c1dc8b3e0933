import { Transform, Type } from 'class-transformer';
import {
  Allow,
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  buildMessage,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsISO8601,
  IsObject,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  Max,
  MaxLength,
  Min,
  MinLength,
  ValidateBy,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import type { ClosedSet, DtoClass, FieldFacts } from './facts.js';
import { recordField } from './facts.js';

/** What every field may say besides its own rules. */
export interface FieldOptions {
  description: string;
  /** May be absent. */
  optional?: boolean;
  /** May be null. */
  nullable?: boolean;
  example?: unknown;
  default?: unknown;
}

interface TextOptions extends FieldOptions {
  min?: number;
  max?: number;
  pattern?: RegExp;
  /** Said when the pattern does not match. */
  patternHint?: string;
  format?: string;
}

/** A string; without `max` it is bounded at 100,000 characters, so nothing is ever unbounded. */
export function Text({
  min = 0,
  max = 100_000,
  pattern,
  patternHint,
  format,
  ...options
}: TextOptions): PropertyDecorator {
  const rules = [IsString(), MinLength(min), MaxLength(max), ...STORABLE];
  if (pattern) rules.push(Matches(pattern, patternHint ? { message: `$property ${patternHint}` } : undefined));
  return field(
    options,
    { type: 'string', minLength: min || undefined, maxLength: max, pattern: pattern?.source, format },
    rules,
  );
}

interface NumberOptions extends FieldOptions {
  min?: number;
  max?: number;
}

/** A query string only knows text: `query: true` reads the number or the flag out of it first. */
interface QueryOption {
  query?: boolean;
}

/** PostgreSQL stores neither NUL nor half of a surrogate pair. */
const STORABLE = [
  Matches(/^[^\0]*$/, { message: '$property must not contain NUL characters' }),
  Matches(/^\P{Cs}*$/u, { message: '$property must be valid Unicode' }),
];
const STORABLE_ITEMS = Matches(/^[^\0\p{Cs}]*$/u, {
  each: true,
  message: 'each value in $property must be valid text',
});

/** A whole number; without bounds of its own it still is one that a number can say exactly. */
export function Whole({ min, max, query, ...options }: NumberOptions & QueryOption): PropertyDecorator {
  const read = query ? [Type(() => Number)] : [];
  const rules = [IsInt(), ...bounds(min ?? Number.MIN_SAFE_INTEGER, max ?? Number.MAX_SAFE_INTEGER)];
  return field(options, { type: 'integer', minimum: min, maximum: max }, [...rules, ...read]);
}

/** A finite number with at most `places` decimal places, where given. */
export function Decimal({ min, max, places, ...options }: NumberOptions & { places?: number }): PropertyDecorator {
  return field(options, { type: 'number', minimum: min, maximum: max }, [hasPlaces(places), ...bounds(min, max)]);
}

/** class-validator's own rule breaks on numbers that JavaScript writes with an exponent, 0.0000001 for one. */
function hasPlaces(places: number | undefined): PropertyDecorator {
  const validate = (value: unknown): boolean =>
    Number.isFinite(value) && (places === undefined || Number((value as number).toFixed(places)) === value);
  const defaultMessage = buildMessage(
    (each) => `${each}$property must be a number conforming to the specified constraints`,
  );
  return ValidateBy({ name: 'isNumber', validator: { validate, defaultMessage } });
}

/** The words a query string has for true and false. */
const FLAG_WORDS = new Map<unknown, boolean>([
  ['true', true],
  ['1', true],
  ['false', false],
  ['0', false],
]);

/** True or false. */
export function Flag({ query, ...options }: FieldOptions & QueryOption): PropertyDecorator {
  const read = query ? [Transform(({ value }: { value: unknown }) => FLAG_WORDS.get(value) ?? value)] : [];
  return field(options, { type: 'boolean' }, [IsBoolean(), ...read]);
}

/** One value of a closed set. */
export function OneOf<T extends string>(set: ClosedSet<T>, options: FieldOptions): PropertyDecorator {
  return field(options, { type: 'string', set }, [IsIn(set.values)]);
}

/** A UUID in lower or upper case. */
export function Id(options: FieldOptions): PropertyDecorator {
  return field(options, { type: 'string', format: 'uuid' }, [IsUUID('all')]);
}

/** A moment as an ISO 8601 string in UTC. */
export function Moment(options: FieldOptions): PropertyDecorator {
  return field(options, { type: 'string', format: 'date-time' }, [IsISO8601({ strict: true })]);
}

/** An object of another DTO class. */
export function Nested(dto: () => DtoClass, options: FieldOptions): PropertyDecorator {
  return field(options, { type: 'object', nested: dto }, [IsObject(), ValidateNested(), Type(dto)]);
}

/** A map from strings to values of any type. */
export function AnyObject(options: FieldOptions): PropertyDecorator {
  return field(options, { type: 'object', additionalProperties: true }, [IsObject()]);
}

/** Any JSON value, null among them. */
export function AnyValue(options: Omit<FieldOptions, 'nullable'>): PropertyDecorator {
  return field(options, {}, [Allow()]);
}

interface ListOptions extends FieldOptions {
  min?: number;
  max?: number;
}

/** A list of objects of another DTO class. */
export function ListOf(dto: () => DtoClass, { min, max, ...options }: ListOptions): PropertyDecorator {
  const facts: FieldFacts = {
    type: 'array',
    items: { required: true, type: 'object', nested: dto },
    minItems: min,
    maxItems: max,
    required: true,
  };
  return field(options, facts, [
    ...listRules(min, max),
    IsObject({ each: true }),
    ValidateNested({ each: true }),
    Type(dto),
  ]);
}

interface TextListOptions extends FieldOptions {
  format?: 'uuid';
  /** The most items. */
  max?: number;
  /** The longest text of one. */
  longest?: number;
}

/** A list of strings, or of ids with `format: 'uuid'`. */
export function TextList({ format, max, longest, ...options }: TextListOptions): PropertyDecorator {
  const item = format === 'uuid' ? [IsUUID('all', { each: true })] : [IsString({ each: true }), STORABLE_ITEMS];
  if (longest !== undefined) item.push(MaxLength(longest, { each: true }));
  const items = { required: true, type: 'string', format, maxLength: longest } as const;
  return field(options, { type: 'array', items, maxItems: max }, [...listRules(undefined, max), ...item]);
}

/** A list of words of a closed set, each at most once. */
export function WordList<T extends string>(
  set: ClosedSet<T>,
  { min, ...options }: FieldOptions & { min?: number },
): PropertyDecorator {
  return field(options, { type: 'array', items: { required: true, type: 'string', set }, minItems: min }, [
    ...listRules(min, set.values.length),
    ArrayUnique(),
    IsIn(set.values, { each: true }),
  ]);
}

/** A list of whole numbers, for example one per hour. */
export function WholeList(options: FieldOptions): PropertyDecorator {
  return field(options, { type: 'array', items: { required: true, type: 'integer' } }, [
    ...listRules(undefined, undefined),
    IsInt({ each: true }),
  ]);
}

function listRules(min?: number, max = 10_000): PropertyDecorator[] {
  return [IsArray(), ...(min === undefined ? [] : [ArrayMinSize(min)]), ArrayMaxSize(max)];
}

function bounds(min?: number, max?: number): PropertyDecorator[] {
  return [...(min === undefined ? [] : [Min(min)]), ...(max === undefined ? [] : [Max(max)])];
}

/** Applies the rules and records the facts; `optional` lets the field be absent, `nullable` lets it be null. */
function field(
  { optional = false, nullable = false, ...words }: FieldOptions,
  own: Omit<FieldFacts, 'required'>,
  rules: PropertyDecorator[],
): PropertyDecorator {
  return (target, key) => {
    const name = String(key);
    recordField(target, name, { ...own, ...words, required: !optional, nullable: nullable || undefined });
    for (const rule of rules) rule(target, name);
    if (optional && nullable) IsOptional()(target, name);
    else if (optional) ValidateIf((dto: Record<string, unknown>) => dto[name] !== undefined)(target, name);
    else if (nullable) ValidateIf((dto: Record<string, unknown>) => dto[name] !== null)(target, name);
  };
}
