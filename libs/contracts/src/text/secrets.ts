const REDACTED = '[redacted]';

/** Names that a secret stands behind, also as the end of a longer one: `DB_PASSWORD`, `x-api-key`. */
const SECRET_NAMES =
  'pass(?:word|wd|phrase)|pwd|secret(?:[_-]?(?:access[_-]?)?key)?|api[_-]?key|access[_-]?key|private[_-]?key|auth[_-]?token|access[_-]?token|refresh[_-]?token|client[_-]?secret|credentials?|密码|口令|密钥';

/** What secrets look like: private keys, keys of known services, headers, settings and addresses. */
const SECRETS: readonly (readonly [RegExp, string])[] = [
  [
    /-----BEGIN ([A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?)-----[\s\S]*?(?:-----END \1-----|$)/g,
    '-----BEGIN $1----- [redacted]',
  ],
  // OpenAI and those who copied it, Anthropic, GitHub, GitLab, Slack, Google, Hugging Face, npm, Stripe, our own.
  [
    /(?<![A-Za-z0-9])(?:sk|rk|pk)[-_][A-Za-z0-9_-]{18,}|(?<![A-Za-z0-9])(?:gh[opsur]_|github_pat_|glpat-|xox[abeoprs]-|hf_|npm_|app-|ops-)[A-Za-z0-9_-]{16,}|(?<![A-Za-z0-9])AIza[A-Za-z0-9_-]{30,}/g,
    REDACTED,
  ],
  // AWS, Alibaba and Tencent name their key ids so; Zhipu joins an id and a secret by a dot.
  [
    /(?<![A-Za-z0-9])(?:(?:AKIA|ASIA|AROA)[A-Z0-9]{16}|LTAI[A-Za-z0-9]{12,}|AKID[A-Za-z0-9]{13,})(?![A-Za-z0-9])/g,
    REDACTED,
  ],
  [/(?<![0-9a-f])[0-9a-f]{32}\.[A-Za-z0-9]{16}(?![A-Za-z0-9])/g, REDACTED],
  // A JSON web token.
  [/(?<![A-Za-z0-9])eyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}/g, REDACTED],
  [/\b(bearer|basic)(\s+)[A-Za-z0-9._~+/=-]{8,}/gi, `$1$2${REDACTED}`],
  [
    /\b((?:set-)?cookie|(?:proxy-)?authorization)(\\?["']?\s*[:=]\s*\\?["']?)(?!(?:bearer|basic)\s)[^\s"'\\][^"'\\\r\n]*/gi,
    `$1$2${REDACTED}`,
  ],
  [
    new RegExp(
      `((?:${SECRET_NAMES})(?:\\\\?["'])?\\s{0,4}[:=：]\\s{0,4})(\\\\?")(?:[^"\\\\\\r\\n]|\\\\[^"\\r\\n])+`,
      'gi',
    ),
    `$1$2${REDACTED}`,
  ],
  [new RegExp(`((?:${SECRET_NAMES})(?:\\\\?["'])?\\s{0,4}[:=：]\\s{0,4})(')[^'\\r\\n]+`, 'gi'), `$1$2${REDACTED}`],
  [
    new RegExp(
      `((?:${SECRET_NAMES})(?:\\\\?["'])?[ \\t]{0,4}[:=：][ \\t]{0,4})(?!\\[redacted\\])[^\\s"'\\\\,;&}]+`,
      'gi',
    ),
    `$1${REDACTED}`,
  ],
  [/(--(?:password|passwd|token|secret|api-key|access-key)[= ])(?!\[redacted\])[^\s"']+/gi, `$1${REDACTED}`],
  [/(token(?:\\?["'])?\s{0,4}[:=]\s{0,4}\\?["']?)(?!\[redacted\])[A-Za-z0-9._~+/=-]{12,}/gi, `$1${REDACTED}`],
  [/(:\/\/[^\s/?#:@]{0,200}:)[^\s/?#@]{1,500}(?=@)/g, `$1${REDACTED}`],
];

/** The text without what looks like a secret, so that neither the model nor a table nor a watcher sees it. */
export function withoutSecrets(text: string): string {
  return SECRETS.reduce((safe, [pattern, instead]) => safe.replace(pattern, instead), text);
}

/** The same for every text inside a value, names of fields aside; a field whose name says that it holds a secret is one. */
export function valueWithoutSecrets(value: unknown): unknown {
  if (typeof value === 'string') return withoutSecrets(value);
  if (Array.isArray(value)) return value.map(valueWithoutSecrets);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, isSecret(name, inner) ? REDACTED : valueWithoutSecrets(inner)]),
  );
}

const WHOLE_NAME = new RegExp(`(?:^|[_.-])(?:${SECRET_NAMES}|token)$`, 'i');

function isSecret(name: string, value: unknown): boolean {
  return typeof value === 'string' && value !== '' && WHOLE_NAME.test(name);
}
