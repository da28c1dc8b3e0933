import { Controller, Get } from '@nestjs/common';
import { HealthDto } from '@opsagent/contracts';
import { Database } from '../database/database.js';
import { DependencyDown } from '../errors/http.errors.js';
import { Describe } from './describe.js';

/** Tells watchers whether this process lives and can do its work. */
@Controller('health')
export class HealthController {
  constructor(private readonly database: Database) {}

  @Get()
  @Describe('Tell that the process is alive', { answers: { 200: HealthDto } })
  health(): HealthDto {
    return { status: 'ok' };
  }

  @Get('live')
  @Describe('Tell that the process is alive', { answers: { 200: HealthDto } })
  live(): HealthDto {
    return { status: 'ok' };
  }

  @Get('ready')
  @Describe('Tell whether the database answers', { answers: { 200: HealthDto }, problems: [503] })
  async ready(): Promise<HealthDto> {
    try {
      await this.database.query('select 1');
    } catch (cause) {
      throw new DependencyDown({ cause });
    }
    return { status: 'ok' };
  }
}
