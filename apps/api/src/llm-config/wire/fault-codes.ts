import type { FaultKind } from '@opsagent/contracts';

/** Codes and types as providers send them, lower case and without separators. Vague ones (`invalid_request_error`) are left out: words and status say more. */
const CODES: Partial<Record<FaultKind, readonly string[]>> = {
  invalid_key: [
    'invalidapikey',
    'authenticationerror',
    'invalidauthenticationerror',
    'incorrectapikeyerror',
    'invalidiamtoken',
    ...['1000', '1001', '1002', '1003', '1004'],
  ],
  permission: ['accessdenied', 'noparameterpermission', 'permissiondenied', 'permissiondeniederror', '1220'],
  insufficient_balance: [
    'insufficientquota',
    'insufficientbalance',
    'billinghardlimitreached',
    'arrearage',
    'accountoverdueerror',
    'exceededcurrentquotaerror',
    ...['1112', '1113'],
  ],
  quota_window: ['throttlingallocationquota', 'quotaexceeded', 'setlimitexceeded', ...['1304', '1308', '1309', '1310']],
  rate_limit: [
    'ratelimitexceeded',
    'ratelimitreachederror',
    'throttling',
    'throttlingratequota',
    'limitrequests',
    'rpmratelimitexceeded',
    'tpmratelimitexceeded',
    ...['1302', '1303'],
  ],
  overloaded: ['serveroverloaded', 'serveroverload', 'engineoverloadederror', 'overloadederror', '1305'],
  context_too_long: ['contextlengthexceeded', 'tokenstoolong', 'characterstoolong', '1261'],
  content_filter: [
    'contentpolicyviolation',
    'contentfilter',
    'datainspectionfailed',
    'sensitivecontentdetected',
    'inputtextsensitivecontentdetected',
    'unsaferequest',
    '1301',
  ],
  model_not_found: [
    'modelnotfound',
    'modelnotopen',
    'invalidendpointormodel',
    'invalidendpointormodelnotfound',
    'invalidmodel',
    'resourcenotfounderror',
    '1211',
  ],
  bad_request: [
    'unsupportedparameter',
    'unsupportedvalue',
    'unknownparameter',
    'invalidvalue',
    'invalidparameter',
    'invalidparametererror',
    'missingparameter',
    'malformedjson',
    'invalidmessages',
    'invalidargument',
    ...['1210', '1212', '1213', '1214', '1215'],
  ],
  server: [
    'internalerror',
    'internalservererror',
    'internalserviceerror',
    'servererror',
    'unexpectedoutput',
    ...['1230', '1234'],
  ],
};

const FAULT_OF_CODE = new Map(
  Object.entries(CODES).flatMap(([fault, codes]) => codes.map((code) => [code, fault as FaultKind] as const)),
);

/** Sentences that say more than the code beside them. */
const WORDS: readonly (readonly [RegExp, FaultKind])[] = [
  [
    /maximum context length|context length|context window|input length should be|input token length too long|model token limit|too many tokens|超长/i,
    'context_too_long',
  ],
  [/insufficient balance|exceeded your current quota|account balance|欠费|余额不足/i, 'insufficient_balance'],
  [/content (filter|policy|management)|inappropriate content|sensitive content|敏感/i, 'content_filter'],
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

/** The fault a code or a type names; longer codes count by their beginning (`RateLimitExceeded.EndpointRPMExceeded`). */
export function faultOfCode(code: string | undefined): FaultKind | undefined {
  if (!code) return undefined;
  const [family = ''] = code.split('.');
  return FAULT_OF_CODE.get(plain(code)) ?? FAULT_OF_CODE.get(plain(family));
}

/** The fault a provider's sentence names. */
export function faultOfWords(words: string | undefined): FaultKind | undefined {
  return words === undefined ? undefined : WORDS.find(([pattern]) => pattern.test(words))?.[1];
}

/** The fault an HTTP status stands for, when nothing else was said. */
export function faultOfStatus(status: number): FaultKind {
  return STATUSES[status] ?? (status >= 400 && status < 500 ? 'bad_request' : 'server');
}

function plain(code: string): string {
  return code.toLowerCase().replace(/[^a-z0-9]/g, '');
}
