import { Component, computed, input, output } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import type { McpToolDto, McpToolHintsDto, ToolRisk } from '@opsagent/contracts';
import { visibleText } from '../../shared/data/visible-text.js';
import { Icon } from '../../shared/ui/icon/icon.js';
import { Writes } from '../../shared/ui/writes.js';

const RISKS: readonly ToolRisk[] = ['dangerous', 'probe', 'read'];
const CLAIMS: readonly (keyof McpToolHintsDto)[] = ['read_only', 'destructive', 'idempotent', 'open_world'];

/** One tool of an MCP server: its words, marked as such, and what an operator says of it. */
@Component({
  selector: 'oa-tool-row',
  imports: [Icon, TranslocoDirective, Writes],
  templateUrl: './tool-row.html',
  styleUrl: './tool-row.css',
  host: { '[attr.data-tool]': 'tool().name' },
})
export class ToolRow {
  readonly tool = input.required<McpToolDto>();
  readonly mayChange = input.required<boolean>();
  readonly allowed = output<boolean>();
  readonly judged = output<ToolRisk>();
  protected readonly show = visibleText;
  protected readonly risks = RISKS;
  protected readonly isAllowed = computed(() => this.tool().state === 'allowed');
  protected readonly canAllow = computed(() => !['gone', 'unusable'].includes(this.tool().state) || this.isAllowed());
  protected readonly claims = computed(() => CLAIMS.filter((name) => this.tool().hints[name] === true));
  protected readonly parameters = computed(() => visibleText(JSON.stringify(this.tool().parameters, null, 2)));

  /** The controls show what is, which the answer of the server changes. */
  protected allow(box: HTMLInputElement): void {
    const isAllowed = box.checked;
    box.checked = this.isAllowed();
    this.allowed.emit(isAllowed);
  }

  protected judge(choice: HTMLSelectElement): void {
    const risk = RISKS.find((value) => value === choice.value);
    choice.value = this.tool().risk;
    if (risk) this.judged.emit(risk);
  }
}
