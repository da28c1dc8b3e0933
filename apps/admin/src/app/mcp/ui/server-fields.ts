import { Component, input, output } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import { MCP_TRANSPORT } from '@opsagent/contracts/constants';
import { Control, Field } from '../../shared/ui/field.js';
import type { McpDraft, SecretRow } from '../mcp-draft.js';
import { SecretRows } from './secret-rows.js';

/** The fields of an MCP server: an address with its headers, or a program with its variables. */
@Component({
  selector: 'oa-server-fields',
  imports: [Control, Field, SecretRows, TranslocoDirective],
  templateUrl: './server-fields.html',
  styleUrl: './server-fields.css',
})
export class ServerFields {
  readonly draft = input.required<McpDraft>();
  readonly isNew = input.required<boolean>();
  readonly isStdioAllowed = input.required<boolean>();
  readonly errors = input.required<ReadonlyMap<string, string>>();
  readonly changed = output<McpDraft>();
  protected readonly transports = MCP_TRANSPORT.values;

  protected errorOf(name: string): string {
    return this.errors().get(name) ?? '';
  }

  protected set(part: Partial<McpDraft>): void {
    this.changed.emit({ ...this.draft(), ...part });
  }

  protected setSecrets(secrets: readonly SecretRow[]): void {
    this.set({ secrets });
  }
}
