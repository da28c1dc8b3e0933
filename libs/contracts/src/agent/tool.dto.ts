import { AnyObject, ListOf, Nested, OneOf, Text, Whole } from '../field/fields.js';
import { TOOL_RISK, ToolLabelDto, type ToolRisk } from './step.dto.js';

/** A tool that an agent can be allowed. */
export class ToolDto {
  @Text({ description: 'Its name, as the model calls it.', example: 'host_inspect' })
  name!: string;

  @Nested(() => ToolLabelDto, { description: 'The tool in words.' })
  label!: ToolLabelDto;

  @Text({ description: 'What the model is told of it.' })
  description!: string;

  @OneOf(TOOL_RISK, { description: 'How much it can do.' })
  risk!: ToolRisk;

  @AnyObject({ description: 'The JSON Schema of its input.' })
  parameters!: Record<string, unknown>;
}

/** Every tool there is. */
export class ToolListDto {
  @ListOf(() => ToolDto, { description: 'The tools.' })
  items!: ToolDto[];

  @Whole({ min: 0, description: 'How many there are.' })
  total!: number;
}
