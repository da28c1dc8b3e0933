import type { UsableModel } from '../../llm-config/chat-models.js';
import { USUAL_WINDOW_TOKENS } from './turn-limits.js';

/** A token is two characters at the least, as a rule. */
const CHARACTERS_OF_TOKEN = 2;

/** Characters of a share of a model's window. */
export function charactersOf({ contextWindow }: Pick<UsableModel, 'contextWindow'>, share: number): number {
  return Math.floor((contextWindow ?? USUAL_WINDOW_TOKENS) * share * CHARACTERS_OF_TOKEN);
}
