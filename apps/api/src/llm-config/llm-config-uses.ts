import { Injectable } from '@nestjs/common';
import type { LlmConfigUserDto } from '@opsagent/contracts';

/** How much of one kind of thing uses a configuration, with the names of a few of them. */
export interface LlmConfigUseCount {
  count: number;
  examples: readonly string[];
}

/** Counts for many configurations at once; one that is not used may be left out. */
type Counter = (configIds: readonly string[]) => Promise<ReadonlyMap<string, LlmConfigUseCount>>;

const SHOWN = 3;

/** Who uses a configuration: the features above say so, because this one does not know them. */
@Injectable()
export class LlmConfigUses {
  private readonly counters = new Map<string, Counter>();

  /** Adds one kind of user, by its plural name, which ends in `s`: `sessions`. */
  register(kind: string, count: Counter): void {
    this.counters.set(kind, count);
  }

  /** What uses each of these; kinds that do not are left out. */
  async of(configIds: readonly string[]): Promise<Map<string, LlmConfigUserDto[]>> {
    const users = new Map(configIds.map((id): [string, LlmConfigUserDto[]] => [id, []]));
    // One after the other: inside a transaction all of them share its connection.
    for (const [kind, count] of this.counters)
      for (const [id, { count: times, examples }] of await count(configIds))
        if (times > 0) users.get(id)?.push({ kind, count: times, examples: examples.slice(0, SHOWN) });
    return users;
  }

  /** Completes the sentence `It is …`; null when nothing uses it. */
  async sentenceFor(configId: string): Promise<string | null> {
    return (await this.sentencesFor([configId])).get(configId) ?? null;
  }

  /** The same for many; those that nothing uses are left out. */
  async sentencesFor(configIds: readonly string[]): Promise<Map<string, string>> {
    const used = [...(await this.of(configIds))].filter(([, users]) => users.length > 0);
    return new Map(used.map(([id, users]) => [id, `used by ${users.map(words).join(' and ')}`]));
  }
}

function words({ kind, count, examples }: LlmConfigUserDto): string {
  const quoted = examples.map((example) => `"${example}"`);
  const more = count > quoted.length ? ', …' : '';
  return `${count} ${count === 1 ? kind.replace(/s$/, '') : kind}${quoted.length > 0 ? ` (${quoted.join(', ')}${more})` : ''}`;
}
