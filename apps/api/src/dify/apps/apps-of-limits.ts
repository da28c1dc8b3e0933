import { Injectable, type OnModuleInit } from '@nestjs/common';
import { LimitSubjects } from '../../platform/limits/limit-subjects.js';
import { AppRepository } from './app.repository.js';

/** Tells whoever limits apps and keys what they are called. */
@Injectable()
export class AppsOfLimits implements OnModuleInit {
  constructor(
    private readonly subjects: LimitSubjects,
    private readonly apps: AppRepository,
  ) {}

  onModuleInit(): void {
    this.subjects.register('app', (ids) => this.apps.namesOf(ids));
    this.subjects.register('app_key', (ids) => this.apps.keyNamesOf(ids));
  }
}
