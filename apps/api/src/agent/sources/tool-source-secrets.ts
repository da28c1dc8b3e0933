import { Injectable } from '@nestjs/common';
import { TOOL_SOURCE_SECRET, type ToolSourceSecretsDto } from '@opsagent/contracts';
import { SealedColumns } from '../../platform/secrets/sealed-columns.js';
import { SecretBox } from '../../platform/secrets/secret-box.js';
import type { OpenSource } from './source-kind.js';
import type { ToolSource } from './tool-source.entity.js';

const PLACE = { table: 'tool_sources', column: 'secrets' } as const;

type Secrets = OpenSource['secrets'];
type SecretColumns = Pick<ToolSource, 'secrets' | 'secretNames'>;

/** Seals and opens the secrets of sources. */
@Injectable()
export class ToolSourceSecrets {
  constructor(
    private readonly box: SecretBox,
    columns: SealedColumns,
  ) {
    columns.register({ ...PLACE, key: 'id', row: 'id', place: PLACE });
  }

  /** @throws SecretUnreadable */
  open({ id, secrets }: Pick<ToolSource, 'id' | 'secrets'>): Secrets {
    return secrets === null ? {} : (JSON.parse(this.box.open(secrets, { ...PLACE, row: id })) as Secrets);
  }

  /** The columns for these secrets; an empty set is stored as nothing. */
  columnsFor(id: string, secrets: Secrets): SecretColumns {
    const secretNames = TOOL_SOURCE_SECRET.values.filter((name) => secrets[name] !== undefined);
    if (secretNames.length === 0) return { secrets: null, secretNames };
    return { secrets: this.box.seal(JSON.stringify(secrets), { ...PLACE, row: id }), secretNames };
  }
}

/** The secrets after a change: absent ones stay, null ones go. */
export function changedSecrets(before: Secrets, input: ToolSourceSecretsDto): Secrets {
  const entries = TOOL_SOURCE_SECRET.values.map((name) => {
    const value = input[name];
    return [name, value === undefined ? before[name] : (value ?? undefined)] as const;
  });
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}
