import { type ArgumentMetadata, Injectable, Param, type PipeTransform } from '@nestjs/common';
import { isUUID } from 'class-validator';
import { InvalidInput } from '../errors/domain-error.js';

/** Lets only UUIDs through, in lower case. */
@Injectable()
export class UuidPipe implements PipeTransform<string, string> {
  transform(value: string, { data = 'id' }: ArgumentMetadata): string {
    if (!isUUID(value, 'all')) throw new InvalidInput([{ field: data, message: `${data} must be a UUID` }]);
    return value.toLowerCase();
  }
}

/** A UUID in the path. */
export function IdParam(name = 'id'): ParameterDecorator {
  return Param(name, UuidPipe);
}
