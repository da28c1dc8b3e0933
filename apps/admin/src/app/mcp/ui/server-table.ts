import { Component, inject, input, output } from '@angular/core';
import { RouterLink } from '@angular/router';
import { TranslocoDirective } from '@jsverse/transloco';
import type { McpServerDto } from '@opsagent/contracts';
import { Icon } from '../../shared/ui/icon/icon.js';
import { LastTest } from '../../shared/ui/last-test.js';
import { Writes } from '../../shared/ui/writes.js';
import { McpWords } from '../mcp-words.js';

/** MCP servers below each other: where they are, how many of their tools are allowed, and how their last test went. */
@Component({
  selector: 'oa-server-table',
  imports: [Icon, LastTest, RouterLink, TranslocoDirective, Writes],
  templateUrl: './server-table.html',
  styleUrl: '../../shared/ui/settings-table.css',
})
export class ServerTable {
  protected readonly words = inject(McpWords);
  readonly servers = input.required<readonly McpServerDto[]>();
  readonly mayChange = input.required<boolean>();
  /** Those that are being tested now. */
  readonly tested = input.required<ReadonlySet<string>>();
  readonly switched = output<{ server: McpServerDto; isActive: boolean }>();
  readonly tried = output<McpServerDto>();

  /** The box shows what is, which the answer of the server changes. */
  protected toggle(box: HTMLInputElement, server: McpServerDto): void {
    const isActive = box.checked;
    box.checked = server.is_active;
    this.switched.emit({ server, isActive });
  }
}
