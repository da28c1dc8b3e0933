import { type ArgumentMetadata, Injectable, ValidationPipe, type ValidationError } from '@nestjs/common';
import { describedClasses, type DtoClass } from '@opsagent/contracts';
import { type FieldProblem, InvalidInput } from '../errors/domain-error.js';

/** Deeper than any field of the contract; deeper input only means harm. */
const DEEPEST = 64;
const FORBIDDEN_KEYS = ['__proto__', 'constructor', 'prototype'];

/** Checks bodies and queries against the classes of the contract; other wires bring rules of their own. */
@Injectable()
export class ContractValidationPipe extends ValidationPipe {
  constructor() {
    super({ transform: true, whitelist: true, forbidNonWhitelisted: true, exceptionFactory: refuse });
  }

  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    const { type, metatype } = metadata;
    if (!metatype || !describedClasses().has(metatype as DtoClass)) return value;
    if (type === 'body') requireHarmlessObject(value);
    return super.transform(value ?? {}, metadata);
  }
}

function requireHarmlessObject(value: unknown): void {
  if (value === undefined) return;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new InvalidInput([{ field: '', message: 'The body must be a JSON object.' }]);
  }
  let level: object[] = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > DEEPEST) throw new InvalidInput([{ field: '', message: 'The body is nested too deeply.' }]);
    level = level.flatMap(objectsInside);
  }
}

function objectsInside(value: object): object[] {
  const bad = FORBIDDEN_KEYS.find((key) => Object.hasOwn(value, key));
  if (bad !== undefined) throw new InvalidInput([{ field: bad, message: `property ${bad} should not exist` }]);
  return Object.values(value).filter((inner): inner is object => typeof inner === 'object' && inner !== null);
}

function refuse(errors: ValidationError[]): InvalidInput {
  return new InvalidInput(errors.flatMap((error) => problemsOf(error, '')));
}

/** One problem for every broken rule, under the dotted name of its field. */
function problemsOf({ property, constraints, children }: ValidationError, prefix: string): FieldProblem[] {
  const field = `${prefix}${property}`;
  const own = Object.values(constraints ?? {}).map((message) => ({ field, message }));
  return [...own, ...(children ?? []).flatMap((child) => problemsOf(child, `${field}.`))];
}
