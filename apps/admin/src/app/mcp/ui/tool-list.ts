import { Component, computed, input, output, signal } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import type { McpToolDto, ToolRisk } from '@opsagent/contracts';
import { SearchField } from '../../shared/ui/search-field.js';
import { State } from '../../shared/ui/state.js';
import { ToolRow } from './tool-row.js';

/** From so many on they are searched. */
const MANY = 8;

/** The tools of an MCP server; what changed since it was allowed comes first. */
@Component({
  selector: 'oa-tool-list',
  imports: [SearchField, State, ToolRow, TranslocoDirective],
  templateUrl: './tool-list.html',
  styleUrl: './tool-list.css',
})
export class ToolList {
  readonly tools = input.required<readonly McpToolDto[]>();
  readonly mayChange = input.required<boolean>();
  readonly allowed = output<{ tool: McpToolDto; isAllowed: boolean }>();
  readonly judged = output<{ tool: McpToolDto; risk: ToolRisk }>();
  protected readonly sought = signal('');
  protected readonly isLong = computed(() => this.tools().length > MANY);
  protected readonly count = computed(() => ({
    allowed: this.tools().filter(({ state }) => state === 'allowed').length,
    all: this.tools().length,
  }));
  protected readonly shown = computed(() => {
    const words = this.sought().trim().toLowerCase();
    const found = this.tools().filter((tool) =>
      [tool.name, tool.title, tool.description].some((text) => text.toLowerCase().includes(words)),
    );
    const changed = found.filter(({ state }) => state === 'changed');
    return [...changed, ...found.filter(({ state }) => state !== 'changed')];
  });
}
