import { isObject, type JsonObject } from '../chat-request.ts';
import type { Dialect } from '../dialects.ts';
import { ORDINARY_STYLE } from '../openai/frame-style.ts';
import { invalid } from '../openai/openai-refusal.ts';
import { checkAbsent, checkBetween, checkEffort, checkThinkingType } from './checks.ts';

const NEWEST = /^glm-5\.3/;

/** Zhipu: few parameters, errors by number, tool calls whole, usage beside the last choice without being asked. */
export const ZHIPU: Dialect = {
  prefix: '/zhipu/api/paas/v4',
  needsKey: true,
  refusesUnknown: false,
  style: {
    ...ORDINARY_STYLE,
    repeatsRole: true,
    wholeCalls: true,
    usage: 'beside',
    finishes: { content_filter: 'sensitive' },
  },
  voice: {
    body: ({ code, message }) => ({ error: { code, message } }),
    faults: {
      '400': { code: '1210' },
      '401': { code: '1000', message: '身份验证失败。' },
      '402': { status: 429, code: '1113', message: '您的账户已欠费，请充值后重试。' },
      '403': { code: '1220', message: '您无权访问。' },
      '404': { status: 400, code: '1211', message: '模型不存在，请检查模型代码。' },
      '429': { code: '1302', message: '您当前使用该 API 的并发数过高，请降低并发，或联系客服增加限额。' },
      '429-bare': { code: '1303', message: '您当前使用该 API 的频率过高，请降低频率，或联系客服增加限额。' },
      '500': { code: '1230', message: 'API 调用流程出错。' },
      '503': { status: 429, code: '1305', message: '当前 API 请求过多，请稍后重试。' },
      quota: { code: '1304', message: '该 API 已达今日调用次数限额，如有更多请求，请联系客服。' },
      context: { code: '1261', message: 'Prompt 超长' },
      filter: { code: '1301', message: '系统检测到输入或生成内容可能包含不安全或敏感内容。' },
    },
  },
  embeddings: { most: 64, floatOnly: false },
  listed: {},
  chatPaths: ['/chat/completions'],
  check: (body, note) => {
    if (body['stream_options'] !== undefined) note('stream_options');
    checkBetween(body, 'temperature', (value) => value <= 1, '[0, 1]');
    checkBetween(body, 'top_p', (value) => value >= 0.01, '[0.01, 1]');
    checkAbsent(body, ['frequency_penalty', 'presence_penalty', 'max_completion_tokens', 'parallel_tool_calls']);
    if (NEWEST.test(String(body['model']))) checkNewest(body);
    else checkThinkingType(body, ['enabled', 'disabled']);
    checkTools(body);
  },
};

function checkNewest(body: JsonObject): void {
  checkThinkingType(body, ['enabled']);
  checkEffort(body, ['low', 'high', 'max']);
  checkAbsent(body, ['temperature', 'top_p']);
}

function checkTools({ tools = [], tool_choice: choice = 'auto', messages }: JsonObject): void {
  if (choice !== 'auto') throw invalid("tool_choice 只支持 'auto'", 'tool_choice');
  for (const tool of tools as JsonObject[]) {
    if (isObject(tool['function']) && 'strict' in tool['function']) throw invalid('tools.function.strict', 'tools');
  }
  if ((messages as JsonObject[]).some((message) => 'name' in message)) throw invalid('messages.name', 'messages');
}
