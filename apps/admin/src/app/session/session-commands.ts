import { inject, Service } from '@angular/core';
import type { SessionDto } from '@opsagent/contracts';
import { type Command, CommandMaker, type CommandSource } from '../shared/data/commands.js';
import { CurrentUser } from '../shared/data/current-user.js';
import { SessionClient } from './session-client.js';

const NEWEST = 200;
const FOUND = 20;

/** Sessions in the command palette: the newest at once, every other by what its name or its messages hold. */
@Service()
export class SessionCommands implements CommandSource {
  private readonly client = inject(SessionClient);
  private readonly make = inject(CommandMaker);
  private readonly user = inject(CurrentUser);

  actions(): readonly Command[] {
    return this.user.can('operator') ? [this.make.page('action', 'palette.newSession', '/sessions/new')] : [];
  }

  async things(): Promise<readonly Command[]> {
    return this.commandsOf((await this.client.list({ limit: NEWEST })).items);
  }

  async search(sought: string): Promise<readonly Command[]> {
    return this.commandsOf((await this.client.list({ limit: FOUND, search: sought })).items);
  }

  private commandsOf(sessions: readonly SessionDto[]): readonly Command[] {
    return sessions
      .filter(({ session_name }) => session_name !== '')
      .map(({ session_id: id, session_name: name, excerpt }) =>
        this.make.thing('session', id, name, `/sessions/${id}`, excerpt ?? undefined),
      );
  }
}
