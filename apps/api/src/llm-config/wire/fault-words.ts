import type { FaultKind } from '@opsagent/contracts';
import type { CodedFault } from '../providers/error-table.js';

/** Sentences that mean the same at every provider. */
const WORDS: readonly (readonly [RegExp, CodedFault])[] = [
  [
    /maximum context length|context length|context window|input length should be|input token length too long|model token limit|too many tokens|(input|prompt).{0,40}(too long|exceeds?.{0,30}(limit|length))|超长/i,
    'context_too_long',
  ],
  [/insufficient balance|exceeded your current quota|account balance|欠费|余额不足/i, 'insufficient_balance'],
  [/content (filter|policy|management)|inappropriate content|sensitive (content|information)|敏感/i, 'content_filter'],
  [/model.{0,80}(not exist|not found)|try pulling it first/i, 'model_not_found'],
];

const STATUSES: Readonly<Record<number, FaultKind>> = {
  403: 'permission',
  404: 'model_not_found',
  408: 'timeout',
  429: 'rate_limit',
  503: 'overloaded',
  529: 'overloaded',
};

/** The fault a provider's sentence names. */
export function faultOfWords(words: string | undefined): CodedFault | undefined {
  return words === undefined ? undefined : WORDS.find(([pattern]) => pattern.test(words))?.[1];
}

/** The fault an HTTP status stands for, when nothing else was said. */
export function faultOfStatus(status: number): FaultKind {
  return STATUSES[status] ?? (status >= 400 && status < 500 ? 'bad_request' : 'server');
}
