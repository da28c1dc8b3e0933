import { AnyObject, Decimal, Flag, Id, ListOf, Moment, Nested, OneOf, Text, TextList, Whole } from '../field/fields.js';
import { oneOfSet, type DtoClass } from '../field/facts.js';
import { FAULT_KIND, type FaultKind } from '../problem/fault-kind.js';
import { CreateLlmConfigDto } from './create-llm-config.dto.js';
import {
  TEST_CAUSE,
  TEST_REMEDY,
  TEST_STAGE,
  TEST_STEP_STATE,
  type TestCause,
  type TestRemedy,
  type TestStage,
  type TestStepState,
} from './test-ladder.js';

const MESSAGE = {
  min: 1,
  max: 2000,
  optional: true,
  nullable: true,
  description: 'The text to send; a short greeting by default.',
};
const WITH_TOOL_CALL = {
  optional: true,
  default: false,
  description: 'Also let the model call a tool, in a second request.',
};

/** What to send to the model in a test. */
export class TestLlmConfigDto {
  @Text(MESSAGE)
  message?: string | null;

  @Flag(WITH_TOOL_CALL)
  with_tool_call?: boolean;
}

/** Values to test before they are stored. */
export class TestUnsavedLlmConfigDto extends CreateLlmConfigDto {
  @Id({
    optional: true,
    nullable: true,
    description: 'The configuration being edited: its stored key is used when no `api_key` is sent.',
  })
  llm_config_id?: string | null;

  @Text(MESSAGE)
  message?: string | null;

  @Flag(WITH_TOOL_CALL)
  with_tool_call?: boolean;
}

/** One rung of a test. */
export class TestStepDto {
  @OneOf(TEST_STAGE, { description: 'Which rung.' })
  stage!: TestStage;

  @OneOf(TEST_STEP_STATE, { description: 'Where it stands.' })
  state!: TestStepState;

  @Decimal({ nullable: true, description: 'How long it took, in milliseconds; null while it runs or when skipped.' })
  ms!: number | null;

  @Text({ nullable: true, description: 'What was found, in a sentence.' })
  detail!: string | null;

  @AnyObject({
    nullable: true,
    description:
      'What was found, for programs: `address`, `addresses`, `certificate`, `http_status`, `model`, `models`, `tokens`, `arguments`, `dimension` …',
  })
  facts!: Record<string, unknown> | null;
}

/** One thing that can be done about a failure. */
export class TestRemedyDto {
  @OneOf(TEST_REMEDY, { description: 'What to do.' })
  action!: TestRemedy;

  @Text({
    nullable: true,
    description: 'With what: the address, model, provider, parameter, page or setting; seconds to wait.',
    example: 'https://api.moonshot.ai/v1',
  })
  value!: string | null;
}

/** The request that was really sent, without secrets. */
export class TestRequestDto {
  @Text({ description: 'The whole address that was called.' })
  url!: string;

  @Text({ description: 'The same call for a shell; the key stands as `$API_KEY`.' })
  curl!: string;

  @TextList({ description: 'Parameters of the configuration that were left out, because the model refuses them.' })
  dropped_parameters!: string[];
}

/** What came of a real call with a configuration. A refusal by the provider is a result, not an error of this route. */
export class LlmConfigTestDto {
  @Flag({ description: 'The model answered.' })
  success!: boolean;

  @Text({ description: 'The result in a sentence.' })
  message!: string;

  @Text({ description: 'What was sent.' })
  test_message!: string;

  @Text({ optional: true, description: 'What a chat model answered.' })
  response?: string;

  @Whole({ optional: true, description: 'How long the vector of an embedding model is.' })
  embedding_dimension?: number;

  @AnyObject({ description: 'What was called: provider, model_name, base_url, is_embedding and the parameters sent.' })
  config_info!: Record<string, unknown>;

  @Whole({ description: 'The whole call, in milliseconds.' })
  latency_ms!: number;

  @Whole({ nullable: true, description: 'Until the first token, in milliseconds.' })
  first_token_ms!: number | null;

  @Decimal({ nullable: true, description: 'Tokens written per second after the first; null when too few came.' })
  tokens_per_second!: number | null;

  @Text({ nullable: true, description: 'What the test cost, as a decimal; null when the price is not known.' })
  total_price!: string | null;

  @Text({ nullable: true, description: 'The currency of the price.', example: 'CNY' })
  currency!: string | null;

  @ListOf(() => TestStepDto, { description: 'The rungs, in order, as far as the test came.' })
  steps!: TestStepDto[];

  @Nested(() => TestRequestDto, { nullable: true, description: 'The last request sent; null when none was.' })
  request!: TestRequestDto | null;

  @OneOf(FAULT_KIND, { optional: true, description: 'Why it failed.' })
  kind?: FaultKind;

  @OneOf(TEST_CAUSE, { optional: true, description: 'What is wrong, more exactly.' })
  cause?: TestCause;

  @ListOf(() => TestRemedyDto, { optional: true, description: 'What can be done about it, best first.' })
  remedies?: TestRemedyDto[];

  @Whole({ optional: true, nullable: true, description: "The provider's HTTP status, null when none came." })
  http_status?: number | null;

  @Text({ optional: true, nullable: true, description: "The provider's own words, without secrets." })
  provider_message?: string | null;
}

const typeOf = <const T extends string>(type: T) => oneOfSet(`TestEvent_${type}`, [type]);

/** A test began. */
export class TestStartedEvent {
  @OneOf(typeOf('test_started'), { description: 'Tells the events apart.' })
  type!: 'test_started';

  @TextList({ description: 'The rungs this test will try, in order.' })
  stages!: TestStage[];
}

/** A rung began or ended. */
export class TestStepEvent {
  @OneOf(typeOf('test_step'), { description: 'Tells the events apart.' })
  type!: 'test_step';

  @Nested(() => TestStepDto, { description: 'The rung as it stands now.' })
  step!: TestStepDto;
}

/** A test ended; the last event. */
export class TestFinishedEvent {
  @OneOf(typeOf('test_finished'), { description: 'Tells the events apart.' })
  type!: 'test_finished';

  @Nested(() => LlmConfigTestDto, { description: 'The result, the same as without streaming.' })
  result!: LlmConfigTestDto;
}

/** Everything a streamed test says. */
export type TestEvent = TestStartedEvent | TestStepEvent | TestFinishedEvent;

/** The class of each event type of a streamed test. */
export const TEST_EVENTS: Readonly<Record<TestEvent['type'], DtoClass>> = {
  test_started: TestStartedEvent,
  test_step: TestStepEvent,
  test_finished: TestFinishedEvent,
};

/** One test of the past. */
export class LlmConfigTestRecordDto {
  @Id({ description: 'Names the test.' })
  id!: string;

  @Moment({ description: 'When it began.' })
  at!: string;

  @Flag({ description: 'The model answered.' })
  success!: boolean;

  @Text({ description: 'The result in a sentence.' })
  message!: string;

  @OneOf(FAULT_KIND, { nullable: true, description: 'Why it failed.' })
  kind!: FaultKind | null;

  @OneOf(TEST_CAUSE, { nullable: true, description: 'What was wrong, more exactly.' })
  cause!: TestCause | null;

  @Whole({ description: 'The whole call, in milliseconds.' })
  latency_ms!: number;

  @Whole({ nullable: true, description: 'Until the first token, in milliseconds.' })
  first_token_ms!: number | null;

  @ListOf(() => TestStepDto, { description: 'The rungs, in order.' })
  steps!: TestStepDto[];

  @Text({ nullable: true, description: 'Who asked for it; null for the server itself.' })
  by!: string | null;
}

/** The last tests of a configuration, newest first. */
export class LlmConfigTestListDto {
  @ListOf(() => LlmConfigTestRecordDto, { description: 'At most 20.' })
  items!: LlmConfigTestRecordDto[];

  @Whole({ min: 0, description: 'How many are kept in all.' })
  total!: number;
}
