import { Component, computed, inject, input, linkedSignal, signal } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { TranslocoDirective } from '@jsverse/transloco';
import type { McpServerDto } from '@opsagent/contracts';
import { CurrentUser } from '../shared/data/current-user.js';
import { toProblem } from '../shared/data/problem.js';
import { Icon } from '../shared/ui/icon/icon.js';
import { LastTest } from '../shared/ui/last-test.js';
import { State } from '../shared/ui/state.js';
import { Writes } from '../shared/ui/writes.js';
import { McpActions } from './mcp-actions.js';
import { McpClient } from './mcp-client.js';
import { McpWords } from './mcp-words.js';
import { ServerDrawer } from './server-drawer.js';
import { ToolList } from './ui/tool-list.js';

/** One MCP server: where it is, what its last test found, and which of its tools the model may have. */
@Component({
  selector: 'oa-server-page',
  imports: [Icon, LastTest, RouterLink, ServerDrawer, State, ToolList, TranslocoDirective, Writes],
  templateUrl: './server-page.html',
  styleUrl: './server-page.css',
})
export class ServerPage {
  private readonly router = inject(Router);
  private readonly user = inject(CurrentUser);
  protected readonly actions = inject(McpActions);
  protected readonly words = inject(McpWords);
  /** The server, from the route. */
  readonly id = input.required<string>();
  private readonly one = inject(McpClient).one(this.id);
  /** What was there stays while it is asked again, and when that fails. */
  protected readonly server = linkedSignal<McpServerDto | undefined, McpServerDto | undefined>({
    source: () => (this.one.hasValue() ? this.one.value() : undefined),
    computation: (fresh, previous) => fresh ?? previous?.value,
  });
  protected readonly mayChange = computed(() => this.user.can('admin'));
  protected readonly isTesting = computed(() => this.actions.tested().has(this.id()));
  /** As it was opened: what is read meanwhile does not touch what is being typed. */
  protected readonly edited = signal<McpServerDto | null>(null);
  protected readonly problem = computed(() => {
    const error = this.one.error();
    return error ? toProblem(error) : null;
  });

  constructor() {
    this.actions.reload = () => this.one.reload();
  }

  protected reload(): void {
    this.one.reload();
  }

  protected async remove(server: McpServerDto): Promise<void> {
    if (await this.actions.delete(server)) void this.router.navigate(['/settings/mcp']);
  }
}
