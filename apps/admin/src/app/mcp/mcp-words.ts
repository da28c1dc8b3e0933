import { inject, Service } from '@angular/core';
import { TranslocoService } from '@jsverse/transloco';
import type { McpServerDto } from '@opsagent/contracts';
import { Language } from '../shared/i18n/language.js';
import type { Difference } from '../shared/ui/stale-dialog.js';
import { draftOf, type McpDraft } from './mcp-draft.js';

/** MCP servers in the reader's language; reading one in a template follows a switch of language. */
@Service()
export class McpWords {
  private readonly transloco = inject(TranslocoService);
  private readonly language = inject(Language);

  test({ last_test: test }: McpServerDto): string {
    return this.text(test === null ? 'untested' : test.ok ? 'ok' : `fault.${test.fault ?? 'failed'}`);
  }

  tools({ tools }: McpServerDto): string {
    const allowed = tools.filter(({ state }) => state === 'allowed').length;
    return this.text(tools.length === 0 ? 'noTools' : 'toolCount', { allowed, all: tools.length });
  }

  /** How many wait for another look. */
  changed({ tools }: McpServerDto): number {
    return tools.filter(({ state }) => state === 'changed').length;
  }

  /** Field by field what somebody else saved meanwhile, against what was typed here. */
  differences(draft: McpDraft, current: McpServerDto): readonly Difference[] {
    const [mine, theirs] = [plain(draft), plain(draftOf(current))];
    return Object.keys(mine)
      .map((name) => ({ label: `mcp.field.${name}`, mine: mine[name] ?? '', current: theirs[name] ?? '' }))
      .filter(({ mine: own, current: now }) => own !== now);
  }

  private text(key: string, facts: Record<string, number> = {}): string {
    this.language.active();
    return this.transloco.translate(`mcp.${key}`, facts);
  }
}

function plain({ name, description, environment, url, command, args, isActive, secrets }: McpDraft) {
  const names = secrets.flatMap((row) => (row.isForgotten ? [] : row.name)).join(', ');
  const facts: Record<string, string> = { name, description, environment, url, command, args, secrets: names };
  return { ...facts, isActive: isActive ? '✓' : '—' } as Record<string, string>;
}
