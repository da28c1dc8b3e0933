import { builtInEn } from './built-in-en.js';
import type { errorsZhCn, faultsZhCn } from './catalogue-zh-cn.js';
import type { SameKeys } from './texts.js';

/** What is said when something fails: what happened, why, what to do; the keys are the server's codes. */
export const errorsEn: SameKeys<typeof errorsZhCn> = {
  ...builtInEn.errors,
  'http-401': {
    title: 'Not signed in',
    cause: 'The sign-in has ended or never began.',
    action: 'Sign in and retry.',
  },
  'http-403': {
    title: 'Not allowed',
    cause: 'Your role does not allow this.',
    action: 'Ask an administrator to change your role.',
  },
  'http-404': { title: 'Not found', cause: 'It may have been deleted.', action: 'Go back to the list and refresh.' },
  'http-409': {
    title: 'Changed meanwhile',
    cause: 'Somebody changed it in the meantime.',
    action: 'Reload and try again.',
  },
  'http-413': { title: 'Too large', cause: 'What was sent exceeds the limit.', action: 'Shorten it and retry.' },
  'internal/unexpected': {
    title: 'Server error',
    cause: 'The server failed while handling the request.',
    action: 'Retry later; if it happens again, give the request ID to your administrator.',
  },
  'http/method-not-allowed': {
    title: 'Not supported here',
    cause: 'Console and server may differ in version.',
    action: 'Reload the page.',
  },
  'input/unsupported-media': {
    title: 'Malformed request',
    cause: 'The server does not take this type of content.',
    action: 'Reload the page and retry.',
  },
  'identity/wrong-credentials': {
    title: 'Sign-in failed',
    cause: 'The e-mail or the password is wrong.',
    action: 'Check both and try again.',
  },
  'identity/wrong-setup-code': {
    title: 'Setup failed',
    cause: 'The code is wrong or has been replaced.',
    action: 'Use the latest one in the terminal.',
  },
  'identity/setup-done': { title: 'Already set up', cause: 'There is an administrator.', action: 'Sign in.' },
  'identity/email-taken': {
    title: 'E-mail taken',
    cause: 'An account with this e-mail exists.',
    action: 'Use another e-mail.',
  },
  'identity/token-not-found': {
    title: 'No such token',
    cause: 'It may have been revoked.',
    action: 'Refresh the list.',
  },
  'session/interrupted': {
    title: 'Answer interrupted',
    cause: 'The process that worked on it has stopped.',
    action: 'What arrived is kept; retry.',
  },
  'input/invalid': {
    title: 'Invalid input',
    cause: 'Some fields are not accepted.',
    action: 'Correct the marked fields.',
  },
  'input/bad-json': {
    title: 'Malformed request',
    cause: 'What was sent is not valid JSON.',
    action: 'Reload the page and retry.',
  },
  'input/too-large': {
    title: 'Too large',
    cause: 'What was sent exceeds the limit.',
    action: 'Shorten it and retry.',
  },
  'access/unauthenticated': {
    title: 'Not signed in',
    cause: 'The sign-in has ended or never began.',
    action: 'Sign in and retry.',
  },
  'access/forbidden': {
    title: 'Not allowed',
    cause: 'Your role does not allow this.',
    action: 'Ask an administrator to change your role.',
  },
  'access/scope-missing': {
    title: 'The token may not do this',
    cause: 'The personal token was not made for this.',
    action: 'Use a token with the scope that is named.',
  },
  'access/cross-site': {
    title: 'Origin refused',
    cause: 'This request came from another site.',
    action: 'Open the console’s own address and retry.',
  },
  'http/not-found': {
    title: 'No such interface',
    cause: 'The server does not know this route; console and server may differ in version.',
    action: 'Reload the page.',
  },
  'http/unavailable': {
    title: 'Service unavailable',
    cause: 'The database or another dependency did not answer.',
    action: 'Retry later, or ask an administrator to check the database.',
  },
  'secrets/unreadable': {
    title: 'The key cannot be opened',
    cause: 'The master key differs from the one it was sealed with.',
    action: 'Restore the former master key, or enter the API key again.',
  },
  'identity/sign-in-not-found': {
    title: 'There is no such sign-in',
    cause: 'It has ended, or is not yours.',
    action: 'Reload the list.',
  },
  'identity/too-many-sign-ins': {
    title: 'Too many attempts to sign in',
    cause: 'Passwords were tried too often from this address or for this account.',
    action: 'Wait a few minutes, or ask an administrator for a new invitation.',
  },
  'identity/token-expired': {
    title: 'The token has expired',
    cause: 'The personal token was good until its end.',
    action: 'Make a new one.',
  },
  'identity/user-not-found': {
    title: 'There is no such user',
    cause: 'The address is wrong, or the user is gone.',
    action: 'Reload the list of users.',
  },
  'identity/last-admin': {
    title: 'An administrator has to remain',
    cause: 'This is the last administrator who can sign in.',
    action: 'Make another user an administrator first.',
  },
  'identity/invitation-invalid': {
    title: 'The invitation does not hold',
    cause: 'It was used, has run out, or the link is not complete.',
    action: 'Ask an administrator for a new one.',
  },
  'identity/second-factor-needed': {
    title: 'A code is needed',
    cause: 'The account asks for a second factor beside the password.',
    action: 'Enter the code of the authenticator app, or a recovery code.',
  },
  'identity/wrong-second-factor': {
    title: 'The code does not hold',
    cause: 'It is wrong, too old, or was used already.',
    action: 'Wait for the next code of the authenticator app, or use a recovery code.',
  },
  'identity/wrong-code': {
    title: 'The code does not hold',
    cause: 'It is wrong, too old, or was used already.',
    action: 'Wait for the next one and enter that.',
  },
  'identity/totp-on': {
    title: 'Two-factor sign-in is on already',
    cause: 'It may have been switched on in another browser.',
    action: 'Reload the page.',
  },
  'identity/totp-off': {
    title: 'Two-factor sign-in is off',
    cause: 'It was switched off meanwhile, or never set up.',
    action: 'Reload the page.',
  },
  'identity/oidc-off': {
    title: 'No single sign-on',
    cause: 'OpenID Connect is not set up on this server.',
    action: 'Sign in with your e-mail and password.',
  },
  'identity/no-identity': {
    title: 'No external account is linked',
    cause: 'It was unlinked meanwhile.',
    action: 'Reload the page.',
  },
  'identity/only-way-in': {
    title: 'The external account cannot be unlinked',
    cause: 'No password signs you in: you could not come back.',
    action: 'Ask an administrator.',
  },
  'identity/password-sign-in-off': {
    title: 'Passwords are switched off',
    cause: 'Only the identity provider signs people in here.',
    action: 'Open the sign-in page and use the provider.',
  },
  'identity/wrong-password': {
    title: 'The present password is wrong',
    cause: 'It is not the password of this account.',
    action: 'Enter the present password again.',
  },
  'audit/not-found': {
    title: 'There is no such entry',
    cause: 'The number is wrong, or the address is not complete.',
    action: 'Open it from the list of the audit log.',
  },
  'master-key/no-new-key': {
    title: 'There is no new master key',
    cause: 'The master key comes from the environment, and no newer one is set.',
    action:
      'Start every process with the new key in OPSAGENT_MASTER_KEY and the present one in OPSAGENT_MASTER_KEY_PREVIOUS first.',
  },
  'provider/not-found': {
    title: 'No such provider',
    cause: 'The provider named in the address does not exist.',
    action: 'Go back and choose a provider again.',
  },
  'provider/no-model-list': {
    title: 'Models cannot be listed',
    cause: 'This address offers no list of models.',
    action: 'Type the model’s name, and check the API address.',
  },
  'llm-config-template/not-found': {
    title: 'No such template',
    cause: 'It may have been deleted.',
    action: 'Refresh the list of templates.',
  },
  'llm-config-template/name-taken': {
    title: 'The name is taken',
    cause: 'There is a template of that name (ignoring case).',
    action: 'Choose another name.',
  },
  'llm-config-template/too-many': {
    title: 'Too many templates',
    cause: 'There are as many templates as there may be.',
    action: 'Delete one that is not needed first.',
  },
  'llm-config-template/not-yours': {
    title: 'Not your template',
    cause: 'Only an administrator or its creator may delete it.',
    action: 'Ask an administrator.',
  },
  'llm-config/revision-not-found': {
    title: 'No such revision',
    cause: 'The configuration has no revision of that id.',
    action: 'Refresh the history and choose again.',
  },
  'llm-config/not-found': {
    title: 'No such model configuration',
    cause: 'It may have been deleted.',
    action: 'Go back to the list and refresh.',
  },
  'llm-config/not-usable': {
    title: 'The model configuration cannot be used',
    cause: 'It is disabled, deleted, or its key cannot be read.',
    action: 'Enable it, or choose another model configuration.',
  },
  'llm-config/not-for-you': {
    title: 'The model is no longer open to you',
    cause: 'You may no longer use the model configuration of this conversation. What was said stays readable.',
    action: 'Choose another model to go on.',
  },
  'llm-config/no-default': {
    title: 'No default model configuration',
    cause: 'No model was named and there is no usable default.',
    action: 'Set a default under Model configurations, or choose a model for the session.',
  },
  'llm-config/name-taken': {
    title: 'Name taken',
    cause: 'A model configuration with this name exists, ignoring case.',
    action: 'Choose another name.',
  },
  'job/not-found': {
    title: 'No such job',
    cause: 'It has expired, or belongs to somebody else.',
    action: 'Start it again.',
  },
  'job/too-many': {
    title: 'Too many jobs',
    cause: 'As many jobs of yours are under way as there may be.',
    action: 'Wait until one of them ends, or cancel it.',
  },
  'job/not-undoable': {
    title: 'Nothing to undo',
    cause: 'The job is not over, changed nothing, or was undone already.',
    action: 'Roll back single configurations in their history.',
  },
  'llm-config/changed-since': {
    title: 'Changed since',
    cause: 'Somebody changed this configuration after that.',
    action: 'Look at its history and roll back there.',
  },
  'llm-config/import-unreadable': {
    title: 'The file cannot be read',
    cause: 'Its content is not a file of model configurations.',
    action: 'Mend the line it names and try again.',
  },
  'llm-config/import-changed': {
    title: 'The plan is out of date',
    cause: 'Configurations or the file changed since the plan was made.',
    action: 'Look at the new plan, then import.',
  },
  'limits/not-found': {
    title: 'There are no such limits',
    cause: 'They may have been removed.',
    action: 'Refresh the list and retry.',
  },
  'limits/subject-not-found': {
    title: 'Nothing there to be limited',
    cause: 'The app, key, user, role or model configuration no longer exists.',
    action: 'Refresh the list and choose again.',
  },
  'limits/too-many-requests': {
    title: 'Too many requests',
    cause: 'The requests a minute that an administrator allows are used up.',
    action: 'Wait a little; ask an administrator if you need more.',
  },
  'limits/too-many-runs': {
    title: 'Too many answers at the same time',
    cause: 'As many answers as an administrator allows are being made.',
    action: 'Retry when one of them has ended.',
  },
  'limits/budget-spent': {
    title: 'The budget is spent',
    cause: 'What an administrator allows for this day or month is used up.',
    action: 'Wait until it resets, or ask an administrator.',
  },
  'llm-config/too-many-tests': {
    title: 'Too many tests',
    cause: 'Too many tests were begun within a minute.',
    action: 'Wait a little, or test many at once.',
  },
  'llm-config/in-use': {
    title: 'In use',
    cause: 'Something still uses this model configuration.',
    action: 'Move it to another configuration first, or force the deletion.',
  },
  'llm-config/changed': {
    title: 'Changed by somebody else',
    cause: 'It was saved by somebody after you opened it.',
    action: 'Reload it, or overwrite it with yours.',
  },
  'llm-config/not-yours': {
    title: 'Not allowed',
    cause: 'Only administrators and its creator may change this model configuration.',
    action: 'Ask an administrator.',
  },
  'session/not-found': {
    title: 'No such session',
    cause: 'It may have been deleted.',
    action: 'Go back to the session list.',
  },
  'session/message-not-found': {
    title: 'No such message',
    cause: 'It may have been deleted.',
    action: 'Reload the session.',
  },
  'session/run-not-found': {
    title: 'The answer is no longer running',
    cause: 'It has ended and its events are gone.',
    action: 'Reload the session to see the result.',
  },
  'session/not-stored': {
    title: 'The answer could not be stored',
    cause: 'The database did not answer; what arrived was not stored.',
    action: 'Copy what you need and retry later.',
  },
  'app/not-found': {
    title: 'No such app',
    cause: 'It may have been deleted.',
    action: 'Go back to the list and refresh.',
  },
  'app/changed': {
    title: 'The app was changed by somebody else',
    cause: 'Something else was saved since you opened it.',
    action: 'Compare, then save again.',
  },
  'app/first-app-stays': {
    title: 'The first app cannot be deleted',
    cause: 'Calls without a key and the key of the environment use it.',
    action: 'Disable it instead.',
  },
  'tool-source/not-found': { title: 'No such source', cause: 'It may have been deleted.', action: 'Refresh the list.' },
  'tool-source/name-taken': {
    title: 'The name is taken',
    cause: 'Another source has it.',
    action: 'Choose another name.',
  },
  'tool-source/changed': {
    title: 'The source was changed',
    cause: 'Someone else changed it since you read it.',
    action: 'Compare with its present values, then save again.',
  },
  'runbook/not-found': { title: 'No such runbook', cause: 'It may have been deleted.', action: 'Refresh the list.' },
  'runbook/changed': {
    title: 'The runbook was changed',
    cause: 'Someone else changed it since you read it.',
    action: 'Compare with what it says now, then save again.',
  },
  'runbook/imported-again': {
    title: 'The file was imported again',
    cause: 'There is another runbook from the same file since this one was deleted.',
    action: 'Use the newer one.',
  },
  'mcp-server/not-found': {
    title: 'No such MCP server',
    cause: 'It may have been deleted.',
    action: 'Refresh the list.',
  },
  'mcp-server/name-taken': {
    title: 'The name is taken',
    cause: 'Another MCP server has it.',
    action: 'Choose another name.',
  },
  'mcp-server/changed': {
    title: 'The MCP server was changed',
    cause: 'Someone else changed it since you read it.',
    action: 'Compare with its present values, then save again.',
  },
  'mcp-server/tool-changed': {
    title: 'The tool has changed',
    cause: 'The server tells something else of it than you have seen, or offers it no longer.',
    action: 'Look at it again before you allow it.',
  },
  'approval/not-found': {
    title: 'No such request for approval',
    cause: 'It may have gone with its session.',
    action: 'Refresh the list.',
  },
  'approval/changed': {
    title: 'The call has changed',
    cause: 'It is no longer the call that was shown to you.',
    action: 'Look at it again before you decide.',
  },
  'approval/decided': {
    title: 'Already decided',
    cause: 'Somebody else decided, or the time is over.',
    action: 'Refresh to see who decided and how.',
  },
  'approval/own-request': {
    title: 'Somebody else has to approve',
    cause: 'Your own question led to this call, and the policy wants a second person.',
    action: 'Ask another approver.',
  },
  'approval/outcome-known': {
    title: 'Nothing to acknowledge',
    cause: 'The outcome is known, or somebody has acknowledged it.',
    action: 'Refresh the list.',
  },
  'approval/outcome-unknown': {
    title: 'The outcome is unknown',
    cause: 'The server was stopped in the middle of an action.',
    action: 'Look at the target, then acknowledge what you found.',
  },
  'artifact/not-found': {
    title: 'No such result',
    cause: 'It may have gone with its session.',
    action: 'Refresh the page.',
  },
  'artifact/too-big': {
    title: 'The result is too big',
    cause: 'It is larger than what is kept.',
    action: 'Ask for a smaller part.',
  },
  'annotation/not-found': {
    title: 'There is no such annotation',
    cause: 'It may have been deleted.',
    action: 'Refresh the list.',
  },
  'app/key-not-found': { title: 'No such key', cause: 'It may have been revoked.', action: 'Refresh the list.' },
};

/** What is said when a model call fails; the keys are the kinds of fault. */
export const faultsEn: SameKeys<typeof faultsZhCn> = {
  invalid_key: {
    title: 'The key was rejected',
    cause: 'The provider refused the API key.',
    action:
      'Create a new key in the provider’s console and paste it here; where there are several regions, key and address must match.',
  },
  permission: {
    title: 'No permission for this model',
    cause: 'The key is valid but may not use this model.',
    action: 'Enable the model in the provider’s console, or choose another one.',
  },
  insufficient_balance: {
    title: 'Insufficient balance',
    cause: 'The provider account has run out of credit.',
    action: 'Top up and retry.',
  },
  rate_limit: {
    title: 'Too many requests',
    cause: 'The provider’s rate limit is reached.',
    action: 'Wait a little and retry, or raise the limit.',
  },
  quota_window: {
    title: 'Quota used up',
    cause: 'The quota of this period is used up.',
    action: 'Wait for it to renew, or change plan or model.',
  },
  overloaded: {
    title: 'Provider overloaded',
    cause: 'The model service is overloaded.',
    action: 'Retry later, or choose another model.',
  },
  context_too_long: {
    title: 'Too long for the model',
    cause: 'The conversation exceeds the model’s context window.',
    action: 'Start a new session, shorten it, or use a model with a larger context.',
  },
  content_filter: {
    title: 'Blocked by the provider',
    cause: 'The provider’s content filter did not let it pass.',
    action: 'Rephrase it, or choose another model.',
  },
  model_not_found: {
    title: 'Model or address not found',
    cause: 'The provider does not know this model, or the base URL is wrong.',
    action: 'Check the model name and the base URL (most end in /v1).',
  },
  bad_request: {
    title: 'Refused by the provider',
    cause: 'The model does not accept some parameter.',
    action: 'Read the provider’s words and check the default parameters and further settings.',
  },
  server: {
    title: 'Provider failure',
    cause: 'The provider answered with a server error.',
    action: 'Retry later; if it lasts, look at its status page.',
  },
  timeout: {
    title: 'Timed out',
    cause: 'The provider did not answer in time.',
    action: 'Check the network and the load of the service, then retry.',
  },
  cut_off: {
    title: 'Answer cut off',
    cause: 'The connection broke before the answer was complete.',
    action: 'What arrived is kept; retry.',
  },
  unreachable: {
    title: 'Cannot connect',
    cause: 'The server cannot reach the address: unknown host, refused port, or invalid certificate.',
    action: 'Check the base URL and that the server can reach it.',
  },
  refused_by_policy: {
    title: 'Blocked by policy',
    cause: 'The address lies in a private or reserved range that the server may not call.',
    action: 'Ask an administrator to add it to OPSAGENT_OUTBOUND_ALLOW.',
  },
  empty_answer: {
    title: 'Nothing came back',
    cause: 'The provider ended normally without any content.',
    action: 'Retry; if it lasts, check address and model.',
  },
  truncated_tool_call: {
    title: 'Incomplete tool call',
    cause: 'The model’s output ended in the middle of a tool call.',
    action: 'Raise the longest answer, or choose another model, and retry.',
  },
  not_usable: {
    title: 'The model configuration cannot be used',
    cause: 'It is disabled, deleted, or its key cannot be read.',
    action: 'Enable it, or choose another model configuration.',
  },
  interrupted: {
    title: 'Answer interrupted',
    cause: 'The process that worked on it has stopped.',
    action: 'What arrived is kept; retry.',
  },
  internal: {
    title: 'Internal error',
    cause: 'The server failed while working on it.',
    action: 'Retry; if it happens again, tell your administrator.',
  },
};
