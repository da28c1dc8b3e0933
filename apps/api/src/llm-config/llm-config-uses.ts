import { Injectable } from '@nestjs/common';

/** How much of one kind of thing uses a configuration, with the names of a few of them. */
export interface LlmConfigUseCount {
  count: number;
  examples: readonly string[];
}

type Counter = (configId: string) => Promise<LlmConfigUseCount>;

/** Who uses a configuration: the features above say so, because this one does not know them. */
@Injectable()
export class LlmConfigUses {
  private readonly counters = new Map<string, Counter>();

  /** Adds one kind of user, by its plural name, which ends in `s`: `sessions`. */
  register(name: string, count: Counter): void {
    this.counters.set(name, count);
  }

  /** Completes the sentence `It is …`; null when nothing uses it. */
  async sentenceFor(configId: string): Promise<string | null> {
    const used: string[] = [];
    // One after the other: inside a transaction all of them share its connection.
    for (const [name, count] of this.counters) {
      const part = words(name, await count(configId));
      if (part !== null) used.push(part);
    }
    return used.length > 0 ? `used by ${used.join(' and ')}` : null;
  }
}

function words(name: string, { count, examples }: LlmConfigUseCount): string | null {
  if (count === 0) return null;
  const quoted = examples.slice(0, 3).map((example) => `"${example}"`);
  const more = count > quoted.length ? ', …' : '';
  return `${count} ${count === 1 ? name.replace(/s$/, '') : name}${quoted.length > 0 ? ` (${quoted.join(', ')}${more})` : ''}`;
}
