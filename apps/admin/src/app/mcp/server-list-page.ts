import { Component, computed, inject, linkedSignal, signal } from '@angular/core';
import { Router } from '@angular/router';
import { TranslocoDirective } from '@jsverse/transloco';
import type { McpServerDto } from '@opsagent/contracts';
import { CurrentUser } from '../shared/data/current-user.js';
import { toProblem } from '../shared/data/problem.js';
import { Icon } from '../shared/ui/icon/icon.js';
import { State } from '../shared/ui/state.js';
import { Writes } from '../shared/ui/writes.js';
import { McpActions } from './mcp-actions.js';
import { McpClient } from './mcp-client.js';
import { ServerDrawer } from './server-drawer.js';
import { ServerTable } from './ui/server-table.js';

/** The servers that bring further tools to the agent. */
@Component({
  selector: 'oa-server-list-page',
  imports: [Icon, ServerDrawer, ServerTable, State, TranslocoDirective, Writes],
  templateUrl: './server-list-page.html',
})
export class ServerListPage {
  private readonly router = inject(Router);
  private readonly user = inject(CurrentUser);
  protected readonly actions = inject(McpActions);
  private readonly list = inject(McpClient).list();
  /** What was there stays while it is asked again, and when that fails. */
  private readonly known = linkedSignal<ReturnType<typeof this.list.value>, ReturnType<typeof this.list.value>>({
    source: () => (this.list.hasValue() ? this.list.value() : undefined),
    computation: (fresh, previous) => fresh ?? previous?.value,
  });
  protected readonly servers = computed(() => this.known()?.items);
  protected readonly isStdioAllowed = computed(() => this.known()?.is_stdio_allowed ?? false);
  protected readonly mayChange = computed(() => this.user.can('admin'));
  protected readonly isAdding = signal(false);
  protected readonly problem = computed(() => {
    const error = this.list.error();
    return error ? toProblem(error) : null;
  });

  constructor() {
    this.actions.reload = () => this.list.reload();
  }

  protected reload(): void {
    this.list.reload();
  }

  /** Its tools are what comes next. */
  protected added(server: McpServerDto | null): void {
    this.isAdding.set(false);
    if (server) void this.router.navigate(['/settings/mcp', server.id]);
  }
}
