import { Id, Moment, Nested, OneOf, Text, Whole } from '../field/fields.js';
import { oneOfSet, type ValueOf } from '../field/facts.js';

/** How much a tool can do: `read` only looks, `probe` reaches out, `dangerous` changes something. */
export const TOOL_RISK = oneOfSet('ToolRisk', ['read', 'probe', 'dangerous']);
export type ToolRisk = ValueOf<typeof TOOL_RISK>;

/**
 * Where one tool call stands. `waiting_approval`: somebody has to allow it first; `unknown`: it was begun, and nobody
 * can say whether it was done.
 */
export const STEP_STATE = oneOfSet('StepState', [
  'running',
  'waiting_approval',
  'succeeded',
  'failed',
  'refused',
  'stopped',
  'unknown',
]);
export type StepState = ValueOf<typeof STEP_STATE>;

/** A tool in words, in both languages. */
export class ToolLabelDto {
  @Text({ description: 'English.', example: 'Inspect a host' })
  en!: string;

  @Text({ description: 'Chinese.', example: '查看主机' })
  zh!: string;
}

/** One tool call of an answer. */
export class StepDto {
  @Id({ description: 'Names the step.' })
  step_id!: string;

  @Whole({ min: 1, description: 'Its place in the answer, from 1.' })
  position!: number;

  @Whole({
    min: 1,
    description: 'Which model call of the answer asked for it, from 1; the steps of a round run together.',
  })
  round!: number;

  @Text({ description: 'What the model said in that round before it called the tool.' })
  thought!: string;

  @Text({ description: 'Which tool.', example: 'host_inspect' })
  tool!: string;

  @Nested(() => ToolLabelDto, { description: 'The tool in words.' })
  label!: ToolLabelDto;

  @Text({ description: 'The arguments as JSON text.' })
  input!: string;

  @Text({ description: 'What the tool answered, as the model read it.' })
  observation!: string;

  @Id({ nullable: true, description: 'The whole result, where the observation only holds a part of it.' })
  artifact_id!: string | null;

  @OneOf(TOOL_RISK, { description: 'How much the tool can do.' })
  risk!: ToolRisk;

  @OneOf(STEP_STATE, { description: 'Where it stands.' })
  state!: StepState;

  @Moment({ description: 'When it began.' })
  started_at!: string;

  @Moment({ nullable: true, description: 'When it ended.' })
  finished_at!: string | null;
}
