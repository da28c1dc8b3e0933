import { TOOL_RISK, type ToolRisk } from '../agent/step.dto.js';
import { AnyObject, Decimal, Flag, Id, ListOf, Moment, Nested, OneOf, Text, TextList, Whole } from '../field/fields.js';
import {
  MCP_FAULT,
  MCP_TOOL_STATE,
  MCP_TRANSPORT,
  type McpFault,
  type McpToolState,
  type McpTransport,
} from './mcp-sets.js';

/** A secret as it is sent; its value is never answered. */
export class McpSecretDto {
  @Text({ min: 1, max: 100, description: 'The name of the header or variable.', example: 'Authorization' })
  name!: string;

  @Text({ min: 1, max: 8_192, nullable: true, description: 'Its value; null forgets it.' })
  value!: string | null;
}

/** What came of a test of an MCP server. */
export class McpServerTestDto {
  @Flag({ description: 'Whether it answered as an MCP server.' })
  ok!: boolean;

  @OneOf(MCP_FAULT, { nullable: true, description: 'Why not.' })
  fault!: McpFault | null;

  @Text({ description: 'What it said about itself, in its own words, or what went wrong.' })
  detail!: string;

  @Decimal({ description: 'How long it took, in milliseconds.' })
  ms!: number;

  @Moment({ description: 'When.' })
  tested_at!: string;
}

/** What a server claims of a tool. Nothing is decided by it: a server can claim anything. */
export class McpToolHintsDto {
  @Flag({ optional: true, description: 'It says that the tool changes nothing.' })
  read_only?: boolean;

  @Flag({ optional: true, description: 'It says that the tool may destroy something.' })
  destructive?: boolean;

  @Flag({ optional: true, description: 'It says that calling twice does no more than calling once.' })
  idempotent?: boolean;

  @Flag({ optional: true, description: 'It says that the tool reaches beyond the server.' })
  open_world?: boolean;
}

/** A tool that an MCP server offers. */
export class McpToolDto {
  @Text({ description: 'Its name, as the server calls it.' })
  name!: string;

  @Text({ description: 'Its name, as the model calls it.', example: 'mcp__github__create_issue' })
  offered_as!: string;

  @Text({ description: 'Its title, in the words of the server; may be empty.' })
  title!: string;

  @Text({ description: 'What it does, in the words of the server, shortened. Not to be trusted.' })
  description!: string;

  @AnyObject({ description: 'The JSON Schema of its input, as the model is told it.' })
  parameters!: Record<string, unknown>;

  @Nested(() => McpToolHintsDto, { description: 'What the server claims of it. Not to be trusted.' })
  hints!: McpToolHintsDto;

  @OneOf(MCP_TOOL_STATE, { description: 'Where it stands.' })
  state!: McpToolState;

  @OneOf(TOOL_RISK, { description: 'How much it can do, in the word of an operator; `dangerous` until one has said.' })
  risk!: ToolRisk;

  @Text({ nullable: true, description: 'Why it cannot be allowed.' })
  problem!: string | null;

  @Text({
    description: 'Stands for all that the server tells of the tool; whoever allows it names what they looked at.',
  })
  hash!: string;
}

/** An MCP server whose tools extend those of the agent. */
export class McpServerDto {
  @Id({ description: 'Names the server for programs.' })
  id!: string;

  @Text({ description: 'Its name; the names of its tools begin with it.' })
  name!: string;

  @Text({ description: 'What it is for.' })
  description!: string;

  @Text({ description: 'The environment it works on, such as `production`; approvers read it.' })
  environment!: string;

  @OneOf(MCP_TRANSPORT, { description: 'How it is reached.' })
  transport!: McpTransport;

  @Text({ nullable: true, description: 'Its address; null for a program.' })
  url!: string | null;

  @Text({ nullable: true, description: 'The program; null for an address.' })
  command!: string | null;

  @TextList({ description: 'The arguments of the program.' })
  args!: string[];

  @TextList({ description: 'The names of the headers that are kept and sent to it.' })
  headers!: string[];

  @TextList({ description: 'The names of the environment variables that are kept and given to the program.' })
  variables!: string[];

  @Flag({ description: 'Whether its tools may be used.' })
  is_active!: boolean;

  @Nested(() => McpServerTestDto, { nullable: true, description: 'Its last test; null before the first.' })
  last_test!: McpServerTestDto | null;

  @ListOf(() => McpToolDto, { description: 'The tools that the last look found, by name.' })
  tools!: McpToolDto[];

  @Moment({ description: 'When it was registered.' })
  created_at!: string;

  @Moment({ description: 'When it was last changed by somebody; for `If-Match`.' })
  updated_at!: string;
}

/** The registered MCP servers. */
export class McpServerListDto {
  @ListOf(() => McpServerDto, { description: 'By name.' })
  items!: McpServerDto[];

  @Whole({ min: 0, description: 'How many there are in all.' })
  total!: number;

  @Flag({ description: 'Whether this server may start programs (`OPSAGENT_MCP_STDIO`).' })
  is_stdio_allowed!: boolean;
}

const NAME = {
  min: 1,
  max: 24,
  pattern: /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/,
  patternHint: 'may hold lower-case letters, digits and dashes, and starts and ends with a letter or digit',
};

class McpServerFieldsDto {
  @Text({ max: 400, optional: true, description: 'What it is for.' })
  description?: string;

  @Text({ max: 40, optional: true, description: 'The environment it works on.', example: 'production' })
  environment?: string;

  @Text({ min: 1, max: 2_000, optional: true, description: 'Its address, without credentials; for `http`.' })
  url?: string;

  @Text({ min: 1, max: 1_000, optional: true, description: 'The program, started without a shell; for `stdio`.' })
  command?: string;

  @TextList({ max: 50, longest: 1_000, optional: true, description: 'Its arguments; for `stdio`.' })
  args?: string[];

  @ListOf(() => McpSecretDto, {
    max: 20,
    optional: true,
    description: 'Headers that are sent to it; those that are absent stay. For `http`.',
  })
  headers?: McpSecretDto[];

  @ListOf(() => McpSecretDto, {
    max: 20,
    optional: true,
    description: 'Environment variables of the program; those that are absent stay. For `stdio`.',
  })
  variables?: McpSecretDto[];

  @Flag({ optional: true, description: 'Whether its tools may be used.' })
  is_active?: boolean;
}

/** Registers an MCP server. */
export class CreateMcpServerDto extends McpServerFieldsDto {
  @Text({ ...NAME, description: 'Its name; the names of its tools begin with it.', example: 'github' })
  name!: string;

  @OneOf(MCP_TRANSPORT, { description: 'How it is reached.' })
  transport!: McpTransport;
}

/** Changes an MCP server; what is absent stays. */
export class UpdateMcpServerDto extends McpServerFieldsDto {
  @Text({ ...NAME, optional: true, description: 'Its name; the names of its tools begin with it.' })
  name?: string;
}

/** What an operator says of one tool. */
export class McpToolWordDto {
  @Text({ min: 1, max: 200, description: 'The tool, as the server calls it.' })
  name!: string;

  @Text({ min: 1, max: 64, description: 'Its `hash`, as it was looked at.' })
  hash!: string;

  @Flag({ optional: true, description: 'Whether it is offered to the model.' })
  is_allowed?: boolean;

  @OneOf(TOOL_RISK, { optional: true, description: 'How much it can do.' })
  risk?: ToolRisk;
}

/** What an operator says of tools. */
export class UpdateMcpToolsDto {
  @ListOf(() => McpToolWordDto, { max: 200, description: 'The tools; the others stay as they are.' })
  tools!: McpToolWordDto[];
}
