import { isSign, isWord, StatementRefused, type Token } from './tokens.js';

/** Everything of a statement besides a semicolon at its end. @throws StatementRefused when there are two */
export function onlyStatement(tokens: readonly Token[]): readonly Token[] {
  const end = tokens.findIndex((token) => isSign(token, ';'));
  const statement = end === -1 ? tokens : tokens.slice(0, end);
  if (end !== -1 && tokens.slice(end).some((token) => !isSign(token, ';'))) {
    throw new StatementRefused('These are several statements: send one at a time.');
  }
  if (statement.length === 0) throw new StatementRefused('There is no statement.');
  return statement;
}

/** The first word of a statement, behind opening parentheses. */
export function firstWord(tokens: readonly Token[]): { name: string; index: number } {
  const index = tokens.findIndex((token) => !isSign(token, '('));
  const token = tokens[index];
  return { name: token?.kind === 'word' && !token.isQuoted ? token.name : '', index };
}

/** A name with a parenthesis behind it, or one behind a dot. */
export interface Called {
  readonly schema: string | null;
  readonly name: string;
  /** False for `something.name`, which can be a call in PostgreSQL too. */
  readonly hasParenthesis: boolean;
  readonly isQuoted: boolean;
  /** The word before it, where that is no part of its name. */
  readonly before: Token | undefined;
}

/** Every name that may be one of a function. */
export function calledNames(tokens: readonly Token[]): Called[] {
  const called: Called[] = [];
  for (const [index, token] of tokens.entries()) {
    if (token.kind !== 'word') continue;
    const hasParenthesis = isSign(tokens[index + 1], '(');
    const isDotted = isSign(tokens[index - 1], '.');
    if (!hasParenthesis && !isDotted) continue;
    const owner = isDotted ? tokens[index - 2] : undefined;
    called.push({
      schema: owner?.kind === 'word' ? owner.name : null,
      name: token.name,
      hasParenthesis,
      isQuoted: token.isQuoted,
      before: isDotted ? undefined : tokens[index - 1],
    });
  }
  return called;
}

/** @throws StatementRefused where rows are locked or an answer is written somewhere */
export function refuseLocksAndInto(tokens: readonly Token[]): void {
  for (const [index, token] of tokens.entries()) {
    const isField = isSign(tokens[index - 1], '.');
    if (isWord(token, 'into') && !isField) throw new StatementRefused('INTO writes; this tool only reads.');
    if (isWord(token, 'for') && isWord(tokens[index + 1], 'update', 'share', 'no', 'key')) {
      throw new StatementRefused('FOR UPDATE and FOR SHARE lock rows; this tool only reads.');
    }
  }
}
