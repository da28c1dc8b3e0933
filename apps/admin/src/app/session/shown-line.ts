import { computed, signal } from '@angular/core';
import type { SendMessageDto } from '@opsagent/contracts';
import type { Turn } from './turn.js';

/** A question asked anew: what it follows, and the configuration that answers this once. */
export interface AskedAnew {
  readonly query: string;
  readonly parentId: string | null;
  readonly configId?: string;
}

/** A question as the server takes it, and how to undo what its asking changed in the line. */
export interface Branch {
  readonly question: SendMessageDto;
  readonly takeBack: () => void;
}

/** The line of versions that is shown of a conversation: its past turns as far as they are read, and where a question leaves it. */
export class ShownLine {
  private readonly past = signal<readonly Turn[]>([]);
  private readonly total = signal(0);
  private readonly version = signal<string | null>(null);

  readonly turns = this.past.asReadonly();
  /** The version whose line is shown, null for the newest line. */
  readonly through = this.version.asReadonly();
  readonly hasEarlier = computed(() => this.past().length < this.total());

  /** Those turns which another configuration answered than the one before. */
  private readonly switches = computed(() => {
    const turns = this.past();
    return new Set(turns.filter((turn, at) => at > 0 && isOtherModel(turns[at - 1], turn)).map(({ key }) => key));
  });

  pick(versionId: string | null): void {
    this.version.set(versionId);
  }

  isModelNew(turn: Turn): boolean {
    return this.switches().has(turn.key);
  }

  /** Whether a turn that is not yet in the line is answered by another configuration than the last one. */
  isModelNewAfter(turn: Turn): boolean {
    const last = this.past().at(-1);
    return last !== undefined && isOtherModel(last, turn);
  }

  /** Takes the turns as read again; those known already keep their keys. */
  replace(turns: readonly Turn[], total: number): void {
    const keys = new Map(this.past().map(({ message_id, key }) => [message_id, key]));
    this.past.set(turns.map((turn) => ({ ...turn, key: keys.get(turn.message_id) ?? turn.key })));
    this.total.set(total);
  }

  putBefore(turns: readonly Turn[], known: ReadonlySet<string | null>, total: number): void {
    const earlier = turns.filter(({ message_id }) => !known.has(message_id));
    this.past.update((past) => [...earlier, ...past]);
    this.total.set(total);
  }

  ids(): Set<string | null> {
    return new Set(this.past().map(({ message_id }) => message_id));
  }

  /** Puts a turn that has ended at the end. */
  append(turn: Turn): void {
    this.past.update((turns) => [...turns.filter(({ key }) => key !== turn.key), turn]);
    this.total.update((total) => total + 1);
  }

  /** Shows a question that was not taken; it is no part of the stored line. */
  showUnsent(turn: Turn): void {
    this.past.update((turns) => [...turns, { ...turn, status: 'unsent' }]);
  }

  forgetUnsent(): void {
    this.past.update((turns) => turns.filter(({ status }) => status !== 'unsent'));
  }

  change(messageId: string, change: Partial<Turn>): void {
    this.past.update((turns) => turns.map((turn) => (turn.message_id === messageId ? { ...turn, ...change } : turn)));
  }

  /**
   * Cuts the line after what a question follows, and shows the newest line again. On that line nothing says what to follow, so
   * that a question from elsewhere in between is followed too.
   */
  branch({ query, parentId, configId }: AskedAnew): Branch {
    const before = { turns: this.past(), total: this.total(), through: this.version() };
    const follows = before.turns.findIndex(({ message_id }) => message_id === parentId);
    const kept = parentId === null ? [] : before.turns.slice(0, follows + 1);
    const isNext = kept.length === before.turns.length && before.through === null;
    const question: SendMessageDto = { query, ...(isNext ? {} : { parent_id: parentId }) };
    if (configId !== undefined) question.llm_config_id = configId;
    this.set(kept, before.total - (before.turns.length - kept.length), null);
    return { question, takeBack: () => this.set(before.turns, before.total, before.through) };
  }

  private set(turns: readonly Turn[], total: number, through: string | null): void {
    this.past.set(turns);
    this.total.set(total);
    this.version.set(through);
  }
}

function isOtherModel(before: Turn, after: Turn): boolean {
  return after.llm_config_id !== null && before.llm_config_id !== null && before.llm_config_id !== after.llm_config_id;
}
