import { Body, Controller, Get, HttpCode, Post, Res } from '@nestjs/common';
import {
  LlmConfigTestDto,
  LlmConfigTestListDto,
  TEST_EVENTS,
  type TestEvent,
  TestLlmConfigDto,
  TestUnsavedLlmConfigDto,
} from '@opsagent/contracts';
import type { Response } from 'express';
import { Describe } from '../../platform/http/describe.js';
import { IdParam } from '../../platform/http/id-param.js';
import { openEventStream } from '../../platform/http/sse.js';
import { LlmConfigTestService, type PreparedTest } from './llm-config-test.service.js';

const KEEP_ALIVE = { text: ':\n\n', everyMs: 15_000 };

/** Real calls with configurations. */
@Controller('api/llm-configs')
export class LlmConfigTestController {
  constructor(private readonly tests: LlmConfigTestService) {}

  @Post('test')
  @HttpCode(200)
  @Describe('Try values with a real call before they are stored', {
    answers: { 200: LlmConfigTestDto },
    problems: [404, 429],
    details:
      'Nothing is stored. Without `api_key` the stored key of `llm_config_id` is used, towards the server it was entered for only.',
    operationId: 'llm_configs_test_unsaved',
  })
  async testUnsaved(@Body() input: TestUnsavedLlmConfigDto): Promise<LlmConfigTestDto> {
    const test = await this.tests.prepareUnsaved(input);
    return test.run();
  }

  @Post('test/stream')
  @HttpCode(200)
  @Describe('Try values before they are stored, told step by step', {
    answers: { 200: { stream: Object.values(TEST_EVENTS) } },
    problems: [404, 429],
    details: 'Ended by `test_finished`. Leaving cancels the test.',
    operationId: 'llm_configs_test_unsaved_stream',
  })
  async streamUnsaved(@Body() input: TestUnsavedLlmConfigDto, @Res() response: Response): Promise<void> {
    await stream(response, await this.tests.prepareUnsaved(input));
  }

  @Post(':id/test')
  @HttpCode(200)
  @Describe('Try a model configuration with a real call', {
    answers: { 200: LlmConfigTestDto },
    problems: [404, 429],
    details: 'What the provider refuses is a result with `success` false.',
    operationId: 'llm_configs_test',
  })
  async test(@IdParam() id: string, @Body() input: TestLlmConfigDto): Promise<LlmConfigTestDto> {
    const test = await this.tests.prepare(id, input);
    return test.run();
  }

  @Post(':id/test/stream')
  @HttpCode(200)
  @Describe('Try a model configuration, told step by step', {
    answers: { 200: { stream: Object.values(TEST_EVENTS) } },
    problems: [404, 429],
    details: 'Ended by `test_finished`. Leaving cancels the test.',
    operationId: 'llm_configs_test_stream',
  })
  async stream(@IdParam() id: string, @Body() input: TestLlmConfigDto, @Res() response: Response): Promise<void> {
    await stream(response, await this.tests.prepare(id, input));
  }

  @Get(':id/tests')
  @Describe('List the last tests of a model configuration', {
    answers: { 200: LlmConfigTestListDto },
    problems: [404],
    operationId: 'llm_configs_list_tests',
  })
  listTests(@IdParam() id: string): Promise<LlmConfigTestListDto> {
    return this.tests.list(id);
  }
}

async function stream(response: Response, test: PreparedTest): Promise<void> {
  const events = openEventStream(response, { keepAlive: KEEP_ALIVE });
  const gone = new AbortController();
  events.onClose(() => gone.abort(new DOMException('the client has left', 'AbortError')));
  const write = (event: TestEvent): void => void events.write(`data: ${JSON.stringify(event)}\n\n`);
  try {
    await test.run(write, gone.signal);
  } catch (error) {
    if (!gone.signal.aborted) throw error;
  } finally {
    events.end();
  }
}
