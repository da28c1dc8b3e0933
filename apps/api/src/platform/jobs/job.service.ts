import { Injectable } from '@nestjs/common';
import type { JobDto, JobListDto } from '@opsagent/contracts';
import { CurrentActor } from '../actor/current-actor.js';
import type { JobRow } from './job.entity.js';
import { JobNotFound } from './job.errors.js';
import { toJobSummary } from './job.mapper.js';
import { JobRepository } from './job.repository.js';
import { Jobs } from './jobs.js';

const LISTED = 20;

/** The jobs of whoever is asking; an administrator may look after everybody's. */
@Injectable()
export class JobService {
  constructor(
    private readonly jobs: Jobs,
    private readonly repository: JobRepository,
    private readonly actor: CurrentActor,
  ) {}

  async list(): Promise<JobListDto> {
    const items = (await this.repository.listOf(this.actor.user().userId, LISTED)).map(toJobSummary);
    return { items, total: items.length };
  }

  /** @throws JobNotFound */
  async get(id: string): Promise<JobDto> {
    await this.requireAccess(id);
    return this.jobs.dtoOf(id);
  }

  /** @throws JobNotFound */
  async cancel(id: string): Promise<JobDto> {
    await this.requireAccess(id);
    await this.jobs.cancel(id);
    return this.jobs.dtoOf(id);
  }

  /** @throws JobNotFound, JobNotUndoable */
  async undo(id: string): Promise<JobDto> {
    return this.jobs.undo(await this.requireAccess(id));
  }

  private async requireAccess(id: string): Promise<JobRow> {
    const { userId, role } = this.actor.user();
    const job = await this.repository.find(id);
    if (!job || (job.createdBy !== userId && role !== 'admin')) throw new JobNotFound();
    return job;
  }
}
