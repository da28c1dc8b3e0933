import type { Pronounce } from '../../shared/data/pinyin.js';
import type { Command } from '../../shared/data/commands.js';

const MOST_SHOWN = 50;

/** Finds commands by part of their title or note, by letters in order, and by pinyin, whole or by initials. */
export class CommandSearch {
  private readonly spoken = new Map<string, readonly string[]>();

  constructor(private readonly pronounce: Pronounce | null) {}

  /** Best first; the recently used ones lead, and alone stand for an empty query with the pages and actions. */
  find(commands: readonly Command[], query: string, recent: readonly string[]): readonly Command[] {
    const sought = query.trim().toLowerCase();
    const rank = (command: Command): number => {
      const score = sought === '' ? restScore(command) : this.score(command, sought);
      const place = recent.indexOf(command.id);
      return score > 0 && place !== -1 ? score + (recent.length - place) * (sought === '' ? 1000 : 1) : score;
    };
    return commands
      .map((command) => ({ command, score: rank(command) }))
      .filter(({ score }) => score > 0)
      .sort((a, b) => b.score - a.score)
      .slice(0, MOST_SHOWN)
      .map(({ command }) => command);
  }

  private score({ title, note = '' }: Command, sought: string): number {
    const words = textScore(title.toLowerCase(), sought);
    if (words > 0) return words;
    const inNote = textScore(note.toLowerCase(), sought);
    if (inNote > 0) return inNote / 2;
    const syllables = this.syllables(title);
    if (syllables.length === 0) return 0;
    const initials = textScore(syllables.map(([first]) => first).join(''), sought, false);
    return Math.max(initials, textScore(syllables.join(''), sought, false)) * 0.8;
  }

  private syllables(title: string): readonly string[] {
    if (!this.pronounce) return [];
    const known = this.spoken.get(title) ?? this.pronounce(title);
    this.spoken.set(title, known);
    return known;
  }
}

/** Pages and actions alone are offered before anything is typed. */
function restScore({ kind }: Command): number {
  return { page: 3, action: 2, session: 0, config: 0, app: 0 }[kind] || 0.001;
}

/** 100 at the start, 80 at the start of a word, 60 inside, 20 for the letters in order; shorter texts first. */
function textScore(text: string, sought: string, isLoose = true): number {
  const at = text.indexOf(sought);
  const shortness = 1 / (1 + text.length);
  if (at === 0) return 100 + shortness;
  if (at > 0) return (/[\p{L}\p{N}]/u.test(text[at - 1] ?? '') ? 60 : 80) + shortness;
  return isLoose && sought.length > 1 && hasInOrder(text, sought) ? 20 + shortness : 0;
}

function hasInOrder(text: string, sought: string): boolean {
  let at = 0;
  for (const letter of sought) {
    if (letter === ' ') continue;
    at = text.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return true;
}
