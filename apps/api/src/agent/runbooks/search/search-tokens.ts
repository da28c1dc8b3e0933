/** Scripts that set no spaces between words. */
const UNSPACED = /([\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}々〆〇ー]+)/u;
const WORD = /[\p{L}\p{N}\p{M}]+/gu;
const CAMEL = /(?<=\p{Ll})(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})/u;
/** What asks, and says nothing about the matter. */
const ASKING = /怎么办|怎么样|怎么|怎样|如何|为什么|什么|为何|请问/gu;
const PARTICLE = /[的了吗呢吧]/u;
const ASKING_WORDS = new Set(
  'a an and are at be by can do does for from has have how i in is it my of on or our that the there this to was we what when where which why with you'.split(
    ' ',
  ),
);
const LONGEST_WORD = 64;
const MOST_TERMS = 32;

/** Weights as PostgreSQL names them: of a title or tag, of a heading, of the text. */
export type TokenWeight = 'A' | 'B' | 'D';

/** How often a token counts for each weight; more says nothing more. */
const MOST_OF_WEIGHT = 4;

/** The tokens of a text: words, and of scripts without spaces every pair of neighbours. */
export function tokensOf(text: string): string[] {
  return partsOf(text.normalize('NFKC')).flatMap(({ run, isUnspaced }) => (isUnspaced ? pairsOf(run) : wordsOf(run)));
}

/** A `tsvector` as text, of tokens that we made. */
export function vectorOf(texts: readonly (readonly [string, TokenWeight])[]): string {
  const weights = new Map<string, TokenWeight[]>();
  for (const [text, weight] of texts) {
    for (const token of tokensOf(text)) {
      const of = weights.get(token);
      if (of === undefined) weights.set(token, [weight]);
      else if (of.filter((one) => one === weight).length < MOST_OF_WEIGHT) of.push(weight);
    }
  }
  return [...weights]
    .map(([token, of]) => `'${token}':${of.map((weight, at) => `${at + 1}${weight}`).join()}`)
    .join(' ');
}

/** Something to look for. */
export interface Term {
  readonly word: string;
  readonly finds: 'itself' | 'beginnings';
}

/** What to look for; a word also finds those that it begins. */
export function termsOf(query: string): Term[] {
  const plain = query.normalize('NFKC');
  const telling = terms(plain.replace(ASKING, ' ')).filter(({ word }) => !isNoise(word));
  const chosen = telling.length > 0 ? telling : terms(plain);
  return [...new Map(chosen.map((term) => [term.word, term])).values()].slice(0, MOST_TERMS);
}

/** A term as the text of a `tsquery`. */
export function queryOf({ word, finds }: Term): string {
  return finds === 'beginnings' ? `'${word}':*` : `'${word}'`;
}

function isNoise(word: string): boolean {
  return ASKING_WORDS.has(word) || PARTICLE.test(word);
}

function terms(text: string): Term[] {
  return partsOf(text).flatMap(({ run, isUnspaced }) => (isUnspaced ? unspacedTerms(run) : wordTerms(run)));
}

/** One character finds every pair that it begins, and itself at the end of a run. */
function unspacedTerms(run: string): Term[] {
  const pairs = pairsOf(run);
  return pairs.length === 1
    ? [{ word: run, finds: 'beginnings' }]
    : pairs.slice(0, -1).map((word) => ({ word, finds: 'itself' }));
}

function wordTerms(run: string): Term[] {
  return (run.match(WORD) ?? []).map((word) => {
    const whole = short(word.toLowerCase());
    // Beginnings are found, so that a plural finds its singular as well.
    return {
      word: whole.length >= 5 ? whole.replace(/e?s$/u, '') : whole,
      finds: whole.length >= 3 ? 'beginnings' : 'itself',
    };
  });
}

function partsOf(text: string): { run: string; isUnspaced: boolean }[] {
  return text.split(UNSPACED).map((run, at) => ({ run, isUnspaced: at % 2 === 1 }));
}

/** `磁盘满` is 磁盘, 盘满 and 满: the last one alone, so that each character begins a token. */
function pairsOf(run: string): string[] {
  const characters = [...run];
  return characters.map((character, at) => character + (characters[at + 1] ?? ''));
}

function wordsOf(run: string): string[] {
  return (run.match(WORD) ?? []).flatMap((word) => {
    const parts = word.split(CAMEL);
    return [word, ...(parts.length > 1 ? parts : [])].map((part) => short(part.toLowerCase()));
  });
}

function short(word: string): string {
  return [...word].slice(0, LONGEST_WORD).join('');
}
