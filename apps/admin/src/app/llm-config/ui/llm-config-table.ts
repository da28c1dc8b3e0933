import { NgTemplateOutlet } from '@angular/common';
import { Component, inject, input, output } from '@angular/core';
import { RouterLink } from '@angular/router';
import { TranslocoDirective } from '@jsverse/transloco';
import {
  LucideArrowDown,
  LucideArrowUp,
  LucideEllipsis,
  LucideKeyRound,
  LucidePencil,
  LucidePlay,
  LucideStar,
  LucideTrash2,
} from '@lucide/angular';
import type { LlmConfigDto } from '@opsagent/contracts';
import { Formats } from '../../shared/i18n/formats.js';
import { Menu } from '../../shared/ui/menu.js';
import { ProviderMark } from '../../shared/ui/provider-mark.js';

/** The configurations as rows; as cards on phones. */
@Component({
  selector: 'oa-llm-config-table',
  imports: [
    NgTemplateOutlet,
    RouterLink,
    TranslocoDirective,
    LucideArrowDown,
    LucideArrowUp,
    LucideEllipsis,
    LucideKeyRound,
    LucidePencil,
    LucidePlay,
    LucideStar,
    LucideTrash2,
    Menu,
    ProviderMark,
  ],
  templateUrl: './llm-config-table.html',
  styleUrl: './llm-config-table.css',
})
export class LlmConfigTable {
  protected readonly formats = inject(Formats);
  readonly configs = input.required<readonly LlmConfigDto[]>();
  readonly sort = input.required<string>();
  /** Whether the user may change this one; the server decides, this only greys things out. */
  readonly mayChange = input.required<(config: LlmConfigDto) => boolean>();
  /** States that were asked for and are not confirmed yet, by id. */
  readonly pending = input<ReadonlyMap<string, boolean>>(new Map());
  readonly sorted = output<string>();
  readonly toggled = output<LlmConfigDto>();
  readonly chosenAsDefault = output<LlmConfigDto>();
  readonly deleted = output<LlmConfigDto>();
  readonly tested = output<LlmConfigDto>();

  protected readonly sortable = [
    { field: 'name', column: 'name' },
    { field: 'last_used_at', column: 'lastUsed' },
    { field: 'updated_at', column: 'updated' },
  ] as const;

  protected direction(field: string): 'ascending' | 'descending' | null {
    if (this.sort() === field) return 'ascending';
    return this.sort() === `-${field}` ? 'descending' : null;
  }

  /** Another press turns the order round; times begin with the newest. */
  protected sortBy(field: string): void {
    const first = field === 'name' ? field : `-${field}`;
    const second = field === 'name' ? `-${field}` : field;
    this.sorted.emit(this.sort() === first ? second : first);
  }

  protected isActive(config: LlmConfigDto): boolean {
    return this.pending().get(config.id) ?? config.is_active;
  }

  protected needsNoKey(config: LlmConfigDto): boolean {
    return config.provider === 'ollama' || config.provider === 'vllm';
  }
}
