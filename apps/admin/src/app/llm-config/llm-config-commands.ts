import { HttpClient } from '@angular/common/http';
import { inject, Injector, Service } from '@angular/core';
import { Router } from '@angular/router';
import type { LlmConfigDto } from '@opsagent/contracts';
import { firstValueFrom } from 'rxjs';
import { type Command, CommandMaker, type CommandSource } from '../shared/data/commands.js';
import { CurrentUser } from '../shared/data/current-user.js';

const FIRST = 1000;
const FOUND = 20;

/** Model configurations in the command palette, and what can be done with all of them. */
@Service()
export class LlmConfigCommands implements CommandSource {
  private readonly http = inject(HttpClient);
  private readonly injector = inject(Injector);
  private readonly router = inject(Router);
  private readonly make = inject(CommandMaker);
  private readonly user = inject(CurrentUser);

  actions(): readonly Command[] {
    if (!this.user.can('operator')) return [];
    return [
      this.make.page('action', 'palette.newConfig', '/configs/new'),
      this.make.action('configs-test-all', 'palette.testAll', () => void this.testAll()),
    ];
  }

  things(): Promise<readonly Command[]> {
    return this.read({ limit: FIRST });
  }

  search(sought: string): Promise<readonly Command[]> {
    return this.read({ limit: FOUND, search: sought });
  }

  private async read(params: Record<string, string | number>): Promise<readonly Command[]> {
    const configs = await firstValueFrom(this.http.get<LlmConfigDto[]>('/api/llm-configs', { params }));
    return configs.map(({ id, name, model_name }) => this.make.thing('config', id, name, `/configs/${id}`, model_name));
  }

  /** Shows the list, which asks before it begins; the code for that comes with the list. */
  private async testAll(): Promise<void> {
    await this.router.navigateByUrl('/configs');
    const { LlmConfigBulk } = await import('./llm-config-bulk.js');
    await this.injector.get(LlmConfigBulk).askToTestAll();
  }
}
