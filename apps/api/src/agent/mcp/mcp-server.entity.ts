import type { McpServerTestDto, McpToolHintsDto, McpTransport, ToolRisk } from '@opsagent/contracts';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** What a server tells of a tool, made safe to show and to pass on. */
export interface ToldTool {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  /** The schema of its input as the server gave it; what it is called with is checked against this. */
  readonly inputSchema: Readonly<Record<string, unknown>>;
  /** The same in the form that models take. */
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly hints: McpToolHintsDto;
  /** Of all that the server told of it, before anything was shortened. */
  readonly hash: string;
  /** Why it cannot be used. */
  readonly problem: string | null;
}

/** A tool as it is kept: what the server tells of it, and what an operator says. */
export interface KeptTool extends ToldTool {
  readonly risk: ToolRisk;
  /** What it was when it was allowed; null while it is not. */
  readonly allowedHash: string | null;
  /** Whether the server named it when it was asked last. */
  readonly isListed: boolean;
}

/** An MCP server whose tools extend those of the agent. */
@Entity('mcp_servers')
@Index('uq_mcp_servers_name', ['name'], { unique: true, where: 'deleted_at IS NULL' })
export class McpServer {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'mcp_servers_pkey' })
  id!: string;

  @Column('text')
  name!: string;

  @Column('text')
  description!: string;

  @Column('text')
  environment!: string;

  @Column('text')
  transport!: McpTransport;

  @Column('text', { nullable: true })
  url!: string | null;

  @Column('text', { nullable: true })
  command!: string | null;

  @Column('text', { array: true })
  args!: string[];

  /** The values of its headers and variables, sealed together as JSON; opened by `McpServerSecrets` only. */
  @Column('text', { nullable: true })
  secrets!: string | null;

  @Column('text', { array: true })
  headerNames!: string[];

  @Column('text', { array: true })
  variableNames!: string[];

  @Column('boolean')
  isActive!: boolean;

  @Column('jsonb', { nullable: true })
  lastTest!: McpServerTestDto | null;

  @Column('jsonb')
  tools!: readonly KeptTool[];

  @Column('timestamptz')
  createdAt!: Date;

  @Column('timestamptz')
  updatedAt!: Date;

  @Column('timestamptz', { nullable: true })
  deletedAt!: Date | null;
}
