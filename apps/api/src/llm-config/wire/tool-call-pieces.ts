import { randomUUID } from 'node:crypto';
import { parsed } from './frames.js';
import type { ModelDelta } from './model-wire.js';
import type { OpenAiToolPiece } from './openai-frame.js';

interface Slot {
  index: number;
  /** The provider's own, empty where it gives none. */
  givenId: string;
  name: string;
  arguments: string;
}

/** Puts the pieces of parallel tool calls in order: missing indexes and ids, every call as index 0, arguments as objects. */
export class ToolCallPieces {
  private readonly slots: Slot[] = [];
  private readonly byIndex = new Map<number, Slot>();

  get count(): number {
    return this.slots.length;
  }

  /** Everything said so far, for estimating tokens. */
  get text(): string {
    return this.slots.map((slot) => slot.name + slot.arguments).join('');
  }

  read(piece: OpenAiToolPiece): ModelDelta {
    const written = piece.function?.arguments ?? '';
    const text = typeof written === 'string' ? written : JSON.stringify(written);
    const name = piece.function?.name ?? '';
    const slot = this.slotOf(piece, name);
    if (!slot) return this.start(piece, name, text);
    slot.arguments += text;
    if (slot.name !== '' || name === '') return { type: 'tool_call', index: slot.index, arguments: text };
    slot.name = name;
    return { type: 'tool_call', index: slot.index, name, arguments: text };
  }

  private slotOf(piece: OpenAiToolPiece, name: string): Slot | undefined {
    const slot = typeof piece.index === 'number' ? this.byIndex.get(piece.index) : this.slots.at(-1);
    if (!slot) return undefined;
    if (piece.id) return piece.id === slot.givenId || name === '' ? slot : undefined;
    const isAnotherCall = name !== '' && slot.givenId === '' && parsed(slot.arguments) !== undefined;
    return isAnotherCall ? undefined : slot;
  }

  private start(piece: OpenAiToolPiece, name: string, text: string): ModelDelta {
    const slot = { index: this.slots.length, givenId: piece.id ?? '', name, arguments: text };
    this.slots.push(slot);
    this.byIndex.set(typeof piece.index === 'number' ? piece.index : slot.index, slot);
    const id = piece.id || `call_${randomUUID()}`;
    return { type: 'tool_call', index: slot.index, id, name, arguments: text };
  }
}
