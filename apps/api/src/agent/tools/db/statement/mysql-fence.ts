import { calledNames, firstWord, onlyStatement, refuseLocksAndInto } from './shape.js';
import { MYSQL_CALLABLE } from './mysql-functions.js';
import { isSign, isWord, mysqlTokens, StatementRefused, type Token } from './tokens.js';

const READS = ['select', 'with', 'values', 'table'];
/** Tables of `mysql` that hold what passwords are checked against. */
const SECRETS = ['user', 'global_priv', 'password_history', 'default_roles', 'servers', 'slave_master_info'];
const EXPLAINS = ['explain', 'describe', 'desc', 'analyze'];

/**
 * Lets through what reads and calls nothing but harmless functions of the server's own.
 * The fence is the role; this keeps out what every role may do, such as GET_LOCK and loaded functions.
 * @throws StatementRefused
 */
export function checkMysqlStatement(statement: string): void {
  const tokens = onlyStatement(mysqlTokens(statement));
  checkShape(tokens);
  checkSecrets(tokens);
  for (const { schema, name, hasParenthesis, isQuoted, before } of calledNames(tokens)) {
    if (!hasParenthesis) continue;
    // `with name (columns) as`, `from (…) as name (columns)`, `using (columns)` of a quoted alias.
    if (isWord(before, 'with', 'recursive', 'as')) continue;
    if (schema === null && !isQuoted && MYSQL_CALLABLE.has(name)) continue;
    const full = schema === null ? name : `${schema}.${name}`;
    throw new StatementRefused(`The statement calls ${full}, which is none of the functions known to only read.`);
  }
}

function checkShape(tokens: readonly Token[]): void {
  const { name, index } = firstWord(tokens);
  if (name === 'show') return refuseLocksAndInto(tokens);
  const isExplained = EXPLAINS.includes(name);
  if (!isExplained && !READS.includes(name)) {
    throw new StatementRefused('Only SELECT, WITH, VALUES, TABLE, SHOW and EXPLAIN of one of them are taken.');
  }
  if (name === 'analyze' && isWord(tokens[index + 1], 'table', 'local', 'no_write_to_binlog')) {
    throw new StatementRefused('ANALYZE TABLE writes; this tool only reads.');
  }
  for (const [at, token] of tokens.entries()) {
    // Both are functions too.
    const isFunction = isSign(tokens[at + 1], '(');
    const isChange = isWord(token, 'delete', 'update') || (!isFunction && isWord(token, 'insert', 'replace'));
    if (isChange && !isSign(tokens[at - 1], '.') && !isWord(tokens[at - 1], 'for')) {
      throw new StatementRefused('The statement changes rows; this tool only reads.');
    }
    const isLock = isWord(token, 'lock') && isWord(tokens[at + 1], 'in') && isWord(tokens[at + 2], 'share');
    if (isLock) throw new StatementRefused('LOCK IN SHARE MODE locks rows; this tool only reads.');
    const isNext =
      isWord(token, 'next', 'previous') && isWord(tokens[at + 1], 'value') && isWord(tokens[at + 2], 'for');
    if (isNext) throw new StatementRefused('NEXT VALUE FOR moves a sequence; this tool only reads.');
  }
  refuseLocksAndInto(tokens);
}

function checkSecrets(tokens: readonly Token[]): void {
  const [first, second, third] = tokens;
  const isShown =
    isWord(first, 'show') && (isWord(second, 'grants') || (isWord(second, 'create') && isWord(third, 'user')));
  const isRead = tokens.some((token, at) => {
    const [dot, table] = [tokens[at + 1], tokens[at + 2]];
    if (token.kind !== 'word' || !isSign(dot, '.') || table?.kind !== 'word') return false;
    return token.name.toLowerCase() === 'mysql' && SECRETS.includes(table.name.toLowerCase());
  });
  if (isShown || isRead) throw new StatementRefused('This shows what passwords are checked against; it is not read.');
}
