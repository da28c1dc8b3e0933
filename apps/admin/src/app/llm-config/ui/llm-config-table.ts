import {
  afterNextRender,
  Component,
  computed,
  inject,
  Injector,
  input,
  model,
  output,
  signal,
  viewChild,
} from '@angular/core';
import { RouterLink } from '@angular/router';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import type { LlmConfigActivityDto, LlmConfigDto } from '@opsagent/contracts';
import { Formats } from '../../shared/i18n/formats.js';
import { DataTable } from '../../shared/ui/data-table/data-table.js';
import { Sparkline } from '../../shared/ui/sparkline.js';
import { TableCell } from '../../shared/ui/data-table/table-cell.js';
import type { TableColumn } from '../../shared/ui/data-table/table-column.js';
import { clientRows } from '../../shared/ui/data-table/table-rows.js';
import { MenuPanel } from '../../shared/ui/menu-panel.js';
import { ProviderMark } from '../../shared/ui/provider-mark.js';
import { Writes } from '../../shared/ui/writes.js';
import { isRestricted } from '../access-draft.js';

import { LastTest } from './last-test.js';
import { Icon } from '../../shared/ui/icon/icon.js';

export const LLM_CONFIG_COLUMNS: readonly TableColumn[] = [
  { id: 'name', label: 'configs.column.name', width: 176, isGrowing: true, sort: 'name', isFixed: true, card: 'title' },
  { id: 'provider', label: 'configs.column.provider', width: 118 },
  { id: 'model', label: 'configs.column.model', width: 144, isGrowing: true, card: 'line' },
  { id: 'state', label: 'configs.column.state', width: 106, isFixed: true, card: 'aside' },
  { id: 'tags', label: 'configs.column.tags', width: 96 },
  { id: 'test', label: 'configs.column.test', width: 176 },
  { id: 'key', label: 'configs.column.key', width: 118 },
  { id: 'description', label: 'configs.form.description', width: 120, isGrowing: true },
  { id: 'used', label: 'configs.column.lastUsed', width: 106, sort: '-last_used_at' },
  { id: 'updated', label: 'configs.column.updated', width: 100, sort: '-updated_at' },
  { id: 'errors', label: 'configs.column.errors', width: 132 },
  { id: 'users', label: 'configs.column.users', width: 132 },
  { id: 'changedBy', label: 'configs.column.changedBy', width: 132 },
  { id: 'actions', label: 'configs.column.actions', width: 128, isFixed: true, isSilent: true, card: 'actions' },
];

/** The configurations as rows; as cards on phones. */
@Component({
  selector: 'oa-llm-config-table',
  imports: [
    RouterLink,
    TranslocoDirective,
    Icon,
    DataTable,
    MenuPanel,
    LastTest,
    ProviderMark,
    Sparkline,
    TableCell,
    Writes,
  ],
  templateUrl: './llm-config-table.html',
  styleUrl: './llm-config-table.css',
})
export class LlmConfigTable {
  private readonly table = viewChild.required<DataTable<LlmConfigDto>>(DataTable);
  private readonly menu = viewChild.required(MenuPanel);
  private readonly injector = inject(Injector);
  private readonly transloco = inject(TranslocoService);
  protected readonly formats = inject(Formats);
  protected readonly isRestricted = isRestricted;
  protected readonly columns = LLM_CONFIG_COLUMNS;
  /** Null while nothing has been read. */
  readonly configs = input.required<readonly LlmConfigDto[] | null>();
  readonly isLoading = input(false);
  readonly sort = input.required<string>();
  /** Names what is listed, filters and order. */
  readonly listed = input('');
  readonly hidden = input<readonly string[]>([]);
  readonly isSelectable = input(true);
  readonly selected = model<ReadonlySet<string>>(new Set());
  /** Whether the user may change this one; the server decides, this only greys things out. */
  readonly mayChange = input.required<(config: LlmConfigDto) => boolean>();
  /** States that were asked for and are not confirmed yet, by id. */
  readonly pending = input<ReadonlyMap<string, boolean>>(new Map());
  readonly sorted = output<string>();
  readonly opened = output<LlmConfigDto>();
  readonly toggled = output<LlmConfigDto>();
  readonly chosenAsDefault = output<LlmConfigDto>();
  readonly duplicated = output<LlmConfigDto>();
  readonly exported = output<LlmConfigDto>();
  readonly historyOpened = output<LlmConfigDto>();
  readonly deleted = output<LlmConfigDto>();
  readonly tested = output<LlmConfigDto>();
  readonly retried = output();

  protected readonly rows = computed(() => {
    const configs = this.configs();
    return configs && clientRows(configs);
  });
  protected readonly typed = computed(() => this.configs() ?? []);
  protected readonly nameOf = (config: LlmConfigDto): string => config.name;
  /** The row whose menu is open; one menu serves all rows. */
  protected readonly inMenu = signal<LlmConfigDto | null>(null);

  activeRow(): LlmConfigDto | undefined {
    return this.table().activeRow();
  }

  protected openMenu(config: LlmConfigDto, button: HTMLElement): void {
    this.inMenu.set(config);
    // Its entries have to be there before the first one can have the focus.
    afterNextRender(() => this.menu().open(button), { injector: this.injector });
  }

  protected isActive(config: LlmConfigDto): boolean {
    return this.pending().get(config.id) ?? config.is_active;
  }

  /** Why this user may not change it; null when they may. */
  protected refusal(config: LlmConfigDto): string | null {
    if (this.mayChange()(config)) return null;
    return this.transloco.translate<string>(this.isSelectable() ? 'configs.notOwn' : 'configs.readOnly');
  }

  protected needsNoKey(config: LlmConfigDto): boolean {
    return config.provider === 'ollama' || config.provider === 'vllm';
  }

  /** What the bars of the last 24 hours show. */
  protected errorSummary({ errors, requests }: LlmConfigActivityDto): string {
    return this.transloco.translate('configs.errorsOf', {
      errors: this.formats.number(errors),
      requests: this.formats.number(requests),
    });
  }
}
