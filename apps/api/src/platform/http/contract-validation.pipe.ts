import { type ArgumentMetadata, Injectable, ValidationPipe, type ValidationError } from '@nestjs/common';
import { describedClasses, type DtoClass } from '@opsagent/contracts';
import { type FieldProblem, InvalidInput } from '../errors/domain-error.js';

/** Deeper than any field of the contract; deeper input only means harm. */
const DEEPEST = 64;
const FORBIDDEN_KEYS = ['__proto__', 'constructor', 'prototype'];
/** More than any object of the contract has; looking at each would keep everybody else waiting. */
const MOST_KEYS = 1000;
/** What somebody made up is not said back whole. */
const LONGEST_NAME = 200;
const LONGEST_MESSAGE = 500;
const MOST_PROBLEMS = 50;

/** Checks bodies and queries against the classes of the contract; other wires bring rules of their own. */
@Injectable()
export class ContractValidationPipe extends ValidationPipe {
  constructor() {
    super({ transform: true, whitelist: true, forbidNonWhitelisted: true, exceptionFactory: refuse });
  }

  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    const { type, metatype } = metadata;
    if (!metatype || !describedClasses().has(metatype as DtoClass)) return value;
    if (value !== undefined) requireHarmlessObject(value, type === 'body' ? 'The body' : 'The query');
    return super.transform(value ?? {}, metadata);
  }
}

function requireHarmlessObject(value: unknown, what: string): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new InvalidInput([{ field: '', message: `${what} must be a JSON object.` }]);
  }
  requireHarmless(value, '');
}

/** @param path the dotted name of the value; it grows by one part a level, and levels are bounded */
function requireHarmless(value: object, path: string, depth = 0): void {
  if (depth > DEEPEST) throw tooDeep(path);
  const within = path === '' ? '' : `${path}.`;
  if (!Array.isArray(value) && Object.keys(value).length > MOST_KEYS)
    throw refusal(path, `${path || 'The input'} has more than ${MOST_KEYS} entries`);
  const bad = FORBIDDEN_KEYS.find((key) => Object.hasOwn(value, key));
  if (bad !== undefined) throw refusal(`${within}${bad}`, `property ${bad} should not exist`);
  for (const [key, inner] of Object.entries(value))
    if (typeof inner === 'object' && inner !== null) requireHarmless(inner as object, `${within}${key}`, depth + 1);
}

function tooDeep(path: string): InvalidInput {
  const [field = ''] = path.split('.');
  return refusal(field, `${field} is nested too deeply`);
}

function refusal(field: string, message: string): InvalidInput {
  return new InvalidInput([bounded({ field, message })]);
}

function refuse(errors: ValidationError[]): InvalidInput {
  const problems = errors.slice(0, MOST_PROBLEMS).flatMap((error) => problemsOf(error, ''));
  return new InvalidInput(problems.slice(0, MOST_PROBLEMS).map(bounded));
}

function bounded({ field, message }: FieldProblem): FieldProblem {
  return { field: field.slice(0, LONGEST_NAME), message: message.slice(0, LONGEST_MESSAGE) };
}

/** One problem for every broken rule, under the dotted name of its field. */
function problemsOf({ property, constraints, children }: ValidationError, prefix: string): FieldProblem[] {
  const field = `${prefix}${property}`;
  const own = Object.values(constraints ?? {}).map((message) => ({ field, message }));
  return [...own, ...(children ?? []).flatMap((child) => problemsOf(child, `${field}.`))];
}
