/**
 * What Dify answers, written after its API reference and what its own clients read.
 * The values are examples: what counts is which fields there are, of what type, which are null, and in what order events come.
 */

const ID = '7f0c3b1e-6a52-4c8e-9a51-0d2f4b6c8e10';
const NIL = '00000000-0000-0000-0000-000000000000';
const AT = 1_705_395_332;

const USAGE = {
  ...{ prompt_tokens: 12, prompt_unit_price: '0.001', prompt_price_unit: '0.001', prompt_price: '0.0000120' },
  ...{ completion_tokens: 5, completion_unit_price: '0.002', completion_price_unit: '0.001' },
  ...{ completion_price: '0.0000100', total_tokens: 17, total_price: '0.0000220', currency: 'USD' },
  ...{ latency: 0.91, time_to_first_token: 0.4, time_to_generate: 0.5 },
};
const METADATA = { annotation_reply: null, retriever_resources: [], usage: USAGE };

export const BLOCKING_ANSWER = {
  ...{ event: 'message', task_id: ID, id: ID, message_id: ID, conversation_id: ID, mode: 'chat' },
  ...{ answer: 'The disk is 82% full.', metadata: METADATA, created_at: AT },
};

const CONVERSATION = {
  ...{ id: ID, name: 'How full is the disk?', inputs: {}, status: 'normal', introduction: 'Hello.' },
  ...{ created_at: AT, updated_at: AT },
};

const MESSAGE_FILE = {
  ...{ id: ID, filename: 'note.txt', type: 'document', url: 'https://dify.example/files/x', mime_type: 'text/plain' },
  ...{ size: 12, transfer_method: 'local_file', belongs_to: 'user', upload_file_id: ID },
};

const MESSAGE = {
  ...{ id: ID, conversation_id: ID, parent_message_id: NIL, inputs: {}, query: 'How full is the disk?' },
  ...{ answer: 'It is 82% full.', feedback: { rating: 'like' }, retriever_resources: [], created_at: AT },
  ...{ agent_thoughts: [] as unknown[], message_files: [MESSAGE_FILE], status: 'normal', error: null },
  ...{ extra_contents: [], message_tokens: 12, answer_tokens: 5, total_tokens: 17 },
  ...{ provider_response_latency: 0.91, total_price: null, currency: null },
};

const KEPT_THOUGHT = {
  ...{ id: ID, chain_id: null, message_id: ID, position: 1, thought: 'It is 82% full.', tool: '', tool_labels: {} },
  ...{ tool_input: '', created_at: AT, observation: '', files: [] },
};

/** A page of a conversation, by the mode of its app. */
export const MESSAGES = {
  chat: { limit: 20, has_more: false, data: [MESSAGE] },
  'agent-chat': { limit: 20, has_more: false, data: [{ ...MESSAGE, agent_thoughts: [KEPT_THOUGHT] }] },
};

export const CONVERSATIONS = { limit: 20, has_more: false, data: [CONVERSATION] };
export const RENAMED = CONVERSATION;
export const NO_VARIABLES = { limit: 20, has_more: false, data: [] };
export const SUCCESS = { result: 'success' };
export const SUGGESTED = { result: 'success', data: [] };

export const UPLOADED = {
  ...{ id: ID, name: 'note.txt', size: 12, extension: 'txt', mime_type: 'text/plain', created_by: ID },
  ...{ created_at: AT, preview_url: null, source_url: null, original_url: null, user_id: null, tenant_id: null },
  ...{ conversation_id: null, file_key: null, reference: null },
};

export const FEEDBACKS = {
  data: [
    {
      ...{ id: ID, app_id: ID, conversation_id: ID, message_id: ID, rating: 'like', content: 'Good.' },
      ...{ from_source: 'user', from_end_user_id: ID, from_account_id: null },
      ...{ created_at: '2026-07-22T09:35:36Z', updated_at: '2026-07-22T09:35:36Z' },
    },
  ],
};

export const END_USER = {
  ...{ id: ID, tenant_id: ID, app_id: ID, type: 'service_api', external_user_id: 'recorder', name: null },
  ...{ is_anonymous: false, session_id: 'recorder' },
  ...{ created_at: '2026-07-22T09:35:36Z', updated_at: '2026-07-22T09:35:36Z' },
};

export const INFO = { name: 'OpsAgent', description: 'Looks after hosts.', tags: [], mode: 'chat', author_name: null };

export const SITE = {
  ...{ title: 'OpsAgent', chat_color_theme: null, chat_color_theme_inverted: false, icon_type: 'emoji', icon: '🤖' },
  ...{ icon_background: '#D5F5F6', icon_url: null, description: 'Looks after hosts.', copyright: null },
  ...{ privacy_policy: null, custom_disclaimer: null, default_language: 'en-US', show_workflow_steps: false },
  ...{ use_icon_as_answer_icon: false, input_placeholder: null },
};

const OFF = { enabled: false };
const LIMITS = {
  ...{ image_file_size_limit: 10, video_file_size_limit: 100, audio_file_size_limit: 50, file_size_limit: 15 },
  workflow_file_upload_limit: 10,
};

export const PARAMETERS = {
  ...{ opening_statement: 'Hello.', suggested_questions: ['How full is the disk?'] },
  ...{ suggested_questions_after_answer: { enabled: true }, speech_to_text: OFF },
  text_to_speech: { enabled: false, voice: '', language: '', autoPlay: 'disabled' },
  ...{ retriever_resource: OFF, annotation_reply: OFF, more_like_this: OFF },
  sensitive_word_avoidance: { enabled: false, type: '', configs: [] },
  user_input_form: [],
  file_upload: {
    image: { enabled: true, number_limits: 3, detail: 'high', transfer_methods: ['local_file'] },
    ...{ enabled: true, number_limits: 3, allowed_file_types: ['document'], allowed_file_extensions: [] },
    ...{ allowed_file_upload_methods: ['local_file'], fileUploadConfig: { ...LIMITS, batch_count_limit: 5 } },
  },
  system_parameters: LIMITS,
};

export const ANNOTATION = { id: ID, question: 'Q', answer: 'A', hit_count: 0, created_at: AT };
export const ANNOTATIONS = { data: [ANNOTATION], has_more: false, limit: 20, total: 1, page: 1 };

export const NOT_FOUND = { code: 'not_found', message: 'Conversation Not Exists.', status: 404 };
export const INVALID = { code: 'invalid_param', message: 'Arg user must be provided.', status: 400 };

const IDS = `"conversation_id":"${ID}","message_id":"${ID}","created_at":${AT},"task_id":"${ID}"`;
const NO_TASK = `"conversation_id":"${ID}","message_id":"${ID}","created_at":${AT}`;
const END = `data: {"event":"message_end",${IDS},"id":"${ID}","metadata":${JSON.stringify(METADATA)},"files":null}\n\n`;
const LABELS = '{"host_inspect":{"en_US":"Host","zh_Hans":"主机"}}';
const thought = (
  position: number,
  texts: [thought: string, tool: string, input: string, observation: string],
): string =>
  `data: {"event":"agent_thought",${IDS},"id":"${ID}","position":${position},"thought":${JSON.stringify(texts[0])},` +
  `"observation":${JSON.stringify(texts[3])},"tool":"${texts[1]}","tool_labels":${texts[1] ? LABELS : '{}'},` +
  `"tool_input":${JSON.stringify(texts[2])},"message_files":[]}\n\n`;
const said = (text: string): string =>
  `data: {"event":"agent_message",${IDS},"id":"${ID}","answer":${JSON.stringify(text)}}\n\n`;

export const CHAT_STREAM =
  `data: {"event":"message",${IDS},"id":"${ID}","answer":"The disk","from_variable_selector":null}\n\n` +
  `event: ping\n\n` +
  `data: {"event":"message",${IDS},"id":"${ID}","answer":" is full.","from_variable_selector":null}\n\n${END}`;

export const AGENT_STREAM = [
  thought(1, ['', '', '', '']),
  said('I will look.'),
  thought(1, ['I will look.', 'host_inspect', '{"host_inspect": {}}', '']),
  thought(1, ['I will look.', 'host_inspect', '{"host_inspect": {}}', '{"host_inspect": "82%"}']),
  thought(2, ['', '', '', '']),
  said('The disk is'),
  said(' 82% full.'),
  thought(2, ['The disk is 82% full.', '', '', '']),
  END,
].join('');

export const FAILED_STREAM = `data: {"event":"error",${NO_TASK},"code":"completion_request_error","message":"The model refused.","status":400}\n\n`;
