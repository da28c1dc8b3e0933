import { Injectable } from '@nestjs/common';
import {
  TOOL_SOURCE_SECRET,
  TOOL_SOURCE_SETTING,
  type ToolSourceKind,
  type ToolSourceKindDto,
  type ToolSourceSecretsDto,
  type ToolSourceSettingsDto,
} from '@opsagent/contracts';
import { InvalidInput } from '../../platform/errors/domain-error.js';
import { Outbound } from '../../platform/outbound/outbound.js';
import { alertmanager } from './kinds/alertmanager.js';
import { elasticsearch } from './kinds/elasticsearch.js';
import { JOURNAL } from './kinds/journal.js';
import { LOG_FILES } from './kinds/log-files.js';
import { kubernetes } from './kinds/kubernetes.js';
import { loki } from './kinds/loki.js';
import { mysql } from './kinds/mysql.js';
import { postgresql } from './kinds/postgresql.js';
import { prometheus } from './kinds/prometheus.js';
import { ssh } from './kinds/ssh.js';
import type { SourceKind } from './source-kind.js';

/** The kinds of sources there are, one file each. */
@Injectable()
export class SourceKinds {
  private readonly kinds: Readonly<Record<ToolSourceKind, SourceKind>>;

  constructor(outbound: Outbound) {
    this.kinds = {
      prometheus: prometheus(outbound),
      alertmanager: alertmanager(outbound),
      log_files: LOG_FILES,
      journal: JOURNAL,
      loki: loki(outbound),
      elasticsearch: elasticsearch(outbound),
      ssh: ssh(outbound),
      postgresql: postgresql(outbound),
      mysql: mysql(outbound),
      kubernetes: kubernetes(outbound),
    };
  }

  of(kind: ToolSourceKind): SourceKind {
    return this.kinds[kind];
  }

  facts(): ToolSourceKindDto[] {
    return Object.values(this.kinds).map(({ kind, required, optional, secrets }) => ({
      kind,
      required: [...required],
      optional: [...optional],
      secrets: [...secrets],
    }));
  }

  /** @throws InvalidInput naming every setting and secret that does not fit the kind */
  check(kind: ToolSourceKind, settings: ToolSourceSettingsDto, secrets: ToolSourceSecretsDto = {}): void {
    const rules = this.kinds[kind];
    const complaints: { field: string; message: string }[] = [];
    const say = (field: string, message: string): unknown => complaints.push({ field, message: `${field} ${message}` });
    for (const name of TOOL_SOURCE_SETTING.values) {
      const isSet = settings[name] !== undefined;
      if (!isSet && rules.required.includes(name)) say(`settings.${name}`, 'is needed');
      if (isSet && !rules.required.includes(name) && !rules.optional.includes(name)) {
        say(`settings.${name}`, `has no meaning for ${kind}`);
      }
    }
    for (const name of TOOL_SOURCE_SECRET.values) {
      if (secrets[name] && !rules.secrets.includes(name)) say(`secrets.${name}`, `has no meaning for ${kind}`);
    }
    const problem = complaints.length === 0 ? rules.problemWith?.(settings) : undefined;
    if (problem) complaints.push({ field: `settings.${problem.setting}`, message: `settings.${problem.message}` });
    if (complaints.length > 0) throw new InvalidInput(complaints);
  }
}
