import type { SameKeys } from '../../../i18n/texts.js';
import type { zhCn } from './zh-cn.js';

/** The texts of the test ladder. */
export const en: SameKeys<typeof zhCn> = {
  ladder: 'Steps of the test',
  running: 'Testing, {{time}} so far…',
  cancel: 'Cancel test',
  cancelled: 'The test was cancelled.',
  again: 'Test again',
  withToolCall: 'Also test a tool call',
  ok: 'Works',
  okFirst: 'first token {{time}}',
  okDimension: 'vector length {{dimension}}',
  okTotal: '{{time}} in all',
  okSpeed: '{{speed}} tokens/s',
  okPrice: 'cost about {{price}}',
  failed: 'Test failed: {{title}}',
  details: 'Request and raw answer',
  url: 'Address called',
  model: 'Model',
  status: 'HTTP status',
  sent: 'Sent',
  answer: 'Answer',
  noText: '(the model returned no text)',
  dropped: 'Parameters not sent',
  curl: 'curl command',
  providerWords: 'Raw message',
  found: 'Found',
  history: 'Last {{count}} tests',
  historyNone: 'Never tested.',
  historyPassed: '{{at}}: passed, first token {{time}}',
  historyFailed: '{{at}}: failed, {{title}}',
  stage: {
    address: 'Address check',
    dns: 'DNS',
    tcp: 'TCP',
    tls: 'TLS',
    auth: 'Authentication',
    model: 'Model available',
    first_token: 'First token',
    stream: 'Whole stream',
    tool_call: 'Tool call',
    embedding: 'Embedding',
  },
  state: {
    running: 'Running',
    passed: 'Passed',
    warned: 'Look at this',
    failed: 'Failed',
    skipped: 'Skipped',
  },
  remedy: {
    use_base_url: 'Use {{value}}',
    use_model: 'Use model {{value}}',
    use_provider: 'Change provider to {{value}}',
    use_kind: 'Change to {{value}}',
    enter_key: 'Enter the key again',
    clear_parameter: 'Clear {{value}}',
    open_key_page: 'Open key page',
    open_billing_page: 'Open billing page',
    open_docs: 'Open documentation',
    allow_address: 'An administrator sets {{value}} on the server and restarts it',
    trust_certificate: 'An administrator trusts the certificate on the server with {{value}}',
    wait: 'Can be retried in {{value}} s',
    retry: 'Retry',
    edit: 'Edit configuration',
  },
  kind: { chat: 'chat model', embedding: 'embedding model' },
  cause: {
    address_invalid: {
      title: 'The address is invalid',
      action: 'Enter a whole address beginning with http:// or https://, without user name, password or # fragment.',
    },
    address_refused: {
      title: 'The server’s policy forbids {{host}}',
      action:
        'Private addresses are closed by default; where it is needed, an administrator adds it to the outbound allow-list.',
    },
    own_address: {
      title: '{{host}} is the address of OpsAgent itself',
      action: 'Enter the model server’s address; on the same machine it needs a port of its own.',
    },
    dns_unknown: {
      title: 'Cannot resolve {{host}}',
      action:
        'Check the address for typing errors; if it is right, check that the server OpsAgent runs on reaches the internet and its DNS.',
    },
    connection_refused: {
      title: '{{host}} refused the connection',
      action:
        'Check that the service runs and the port is right. In a container, localhost is the container itself: use the host’s name, such as host.docker.internal.',
    },
    connection_timeout: {
      title: 'Connecting to {{host}} timed out',
      action: 'Check firewalls, security groups and proxies on the way, and the address and port.',
    },
    network_unreachable: {
      title: 'There is no route to {{host}}',
      action: 'Check the network settings of the server OpsAgent runs on.',
    },
    connection_reset: {
      title: '{{host}} closed the connection',
      action: 'The other side or a proxy in between ended it; check protocol and port, then retry.',
    },
    tls_expired: {
      title: 'The certificate of {{host}} has expired',
      action: 'Its owner has to renew it. Certificate checks are never skipped.',
    },
    tls_untrusted: {
      title: 'The certificate of {{host}} is not trusted',
      action:
        'For a self-signed one or a private CA, an administrator adds the CA to the server’s trusted ones. Certificate checks are never skipped.',
    },
    tls_wrong_name: {
      title: 'The certificate of {{host}} is for another name',
      action: 'Use the name written in the certificate, or have it replaced.',
    },
    tls_not_spoken: {
      title: '{{host}} does not speak TLS',
      action: 'That port serves http; for a service inside your network, an http:// address can be used.',
    },
    http_on_tls_port: { title: '{{host}} accepts https only', action: 'Let the address begin with https://.' },
    key_missing: {
      title: 'No key was entered',
      action: 'This service needs a key; create one in the provider’s console and paste it.',
    },
    key_invalid: {
      title: 'The key was rejected',
      action: 'Check that it is whole and still exists; create a new one and paste it where needed.',
    },
    key_of_other_provider: {
      title: 'The key belongs to another provider',
      action: 'Check that provider and key belong together.',
    },
    key_unreadable: {
      title: 'The stored key cannot be opened',
      action: 'The master key was changed; bring back the old one, or enter this key again.',
    },
    permission: {
      title: 'The key may not use this model',
      action: 'Enable the model in the provider’s console, or use a key that may.',
    },
    no_balance: { title: 'The account has no balance', action: 'Top up at the provider, then retry.' },
    rate_limited: {
      title: 'The rate limit is reached',
      action: 'Retry later; if it happens often, raise the limit at the provider.',
    },
    quota_used_up: {
      title: 'The quota is used up',
      action: 'Wait until it is renewed, or raise it at the provider.',
    },
    path_not_found: {
      title: 'The address does not exist',
      action: 'The server has no such route; check for a missing or doubled /v1.',
    },
    redirected: {
      title: 'The address redirects',
      action: 'OpsAgent follows no redirects; if the new address is right, enter it directly.',
    },
    model_not_found: {
      title: 'There is no model {{model}}',
      action: 'Check its name, or choose one from the provider’s list.',
    },
    not_a_chat_model: {
      title: '{{model}} is not a chat model',
      action: 'Make this an embedding configuration, or use a chat model.',
    },
    not_an_embedding_model: {
      title: '{{model}} is not an embedding model',
      action: 'Make this a chat configuration, or use an embedding model.',
    },
    parameter_refused: {
      title: 'The provider refused a parameter',
      action: 'Clear it and retry; parameters left empty are not sent.',
    },
    context_too_long: {
      title: 'Longer than the model’s context',
      action: 'Shorten the test text, or use a model with a longer context.',
    },
    content_filtered: { title: 'The provider blocked the content', action: 'Test with another text.' },
    provider_down: { title: 'The provider failed ({{status}})', action: 'Retry later; look at its status page.' },
    provider_overloaded: { title: 'The provider is overloaded', action: 'Retry later, or use another model.' },
    not_an_api: {
      title: 'What came back is no model API’s answer',
      action: 'Check that address and provider belong together.',
    },
    html_answer: {
      title: 'A web page came back, no API',
      action: 'The path may be wrong, or a proxy asks for a sign-in; check the address.',
    },
    not_streaming: {
      title: 'That address does not stream',
      action: 'OpsAgent always asks for a stream; use an address that answers with one.',
    },
    first_token_timeout: {
      title: 'The first token took too long',
      action: 'The model may be loading or queueing; retry later, or allow a longer wait in the timeouts.',
    },
    stalled: { title: 'The answer stalled', action: 'Check the network and the provider’s state, then retry.' },
    cut_off: {
      title: 'The answer was cut off',
      action: 'The connection ended before the answer did; check the time limits of proxies on the way, then retry.',
    },
    empty_answer: {
      title: 'The model gave no content',
      action: 'Lower the reasoning effort or allow more tokens, then retry.',
    },
    dimension_differs: {
      title: 'The vector is longer or shorter than set',
      action: 'Set the length that came, or clear the setting.',
    },
    tools_unsupported: {
      title: 'The model does not call tools',
      action:
        'The operations agent needs tool calls; use a model that has them, or enable them on your inference server.',
    },
    test_timeout: { title: 'The test took too long', action: 'The service is too slow; retry later.' },
    unknown: { title: 'The cause could not be told', action: 'Look at the raw message below.' },
  },
};
