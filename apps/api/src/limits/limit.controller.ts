import { Body, Controller, Delete, Get, HttpCode, Injectable, Param, type PipeTransform, Put } from '@nestjs/common';
import {
  LIMIT_KIND,
  LimitDto,
  type LimitKind,
  LimitListDto,
  LimitStateListDto,
  SetLimitDto,
} from '@opsagent/contracts';
import { Describe } from '../platform/http/describe.js';
import { InvalidInput } from '../platform/errors/domain-error.js';
import { LimitService } from './limit.service.js';
import { LimitStates } from './limit-states.js';

/** Lets only kinds of subjects through. */
@Injectable()
class LimitKindPipe implements PipeTransform<string, LimitKind> {
  transform(value: string): LimitKind {
    const kind = LIMIT_KIND.values.find((known) => known === value);
    if (kind === undefined)
      throw new InvalidInput([{ field: 'kind', message: `kind must be one of: ${LIMIT_KIND.values.join(', ')}` }]);
    return kind;
  }
}

/** An id, `default`, or a role: whether it exists is looked at later. */
@Injectable()
class SubjectPipe implements PipeTransform<string, string> {
  transform(value: string): string {
    if (!/^[0-9a-f-]{36}$|^[a-z]{1,20}$/i.test(value))
      throw new InvalidInput([
        { field: 'subject', message: 'subject must be an id, the name of a role, or "default"' },
      ]);
    return value.toLowerCase();
  }
}

const WHOSE =
  '`subject` is an id; for a role its name; `default` stands for everyone of the kind who has no limits of their own. A user is held by their own limits, else by those of their role, else by those of everyone.';

/** How much somebody may use. */
@Controller('api/limits')
export class LimitController {
  constructor(
    private readonly limits: LimitService,
    private readonly states: LimitStates,
  ) {}

  @Get()
  @Describe('List the limits', { answers: { 200: LimitListDto }, details: 'What has no limits is not limited.' })
  list(): Promise<LimitListDto> {
    return this.limits.list();
  }

  @Get('state')
  @Describe('Read how much of the limits is used', {
    answers: { 200: LimitStateListDto },
    details: 'Of everybody for who may read the limits, one’s own for all others.',
    operationId: 'limits_state',
  })
  state(): Promise<LimitStateListDto> {
    return this.states.list();
  }

  @Put(':kind/:subject')
  @Describe('Set the limits of a subject', {
    answers: { 200: LimitDto },
    problems: [404],
    parameters: { kind: LIMIT_KIND },
    details: `${WHOSE} They take the place of all that were set before.`,
  })
  set(
    @Param('kind', LimitKindPipe) kind: LimitKind,
    @Param('subject', SubjectPipe) subject: string,
    @Body() input: SetLimitDto,
  ): Promise<LimitDto> {
    return this.limits.set(kind, subject, input);
  }

  @Delete(':kind/:subject')
  @HttpCode(204)
  @Describe('Take the limits of a subject away', {
    answers: { 204: null },
    problems: [404],
    parameters: { kind: LIMIT_KIND },
    details: WHOSE,
  })
  remove(@Param('kind', LimitKindPipe) kind: LimitKind, @Param('subject', SubjectPipe) subject: string): Promise<void> {
    return this.limits.remove(kind, subject);
  }
}
