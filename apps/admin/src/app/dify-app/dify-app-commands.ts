import { HttpClient } from '@angular/common/http';
import { inject, Service } from '@angular/core';
import type { AppListDto } from '@opsagent/contracts';
import { firstValueFrom } from 'rxjs';
import { type Command, CommandMaker, type CommandSource } from '../shared/data/commands.js';
import { CurrentUser } from '../shared/data/current-user.js';

/** The apps in the command palette. */
@Service()
export class DifyAppCommands implements CommandSource {
  private readonly http = inject(HttpClient);
  private readonly make = inject(CommandMaker);
  private readonly user = inject(CurrentUser);

  async things(): Promise<readonly Command[]> {
    if (!this.user.can('operator')) return [];
    const { items } = await firstValueFrom(this.http.get<AppListDto>('/api/apps'));
    return items.map(({ id, name }) => this.make.thing('app', id, name, `/apps/${id}`));
  }
}
