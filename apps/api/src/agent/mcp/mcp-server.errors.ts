import type { McpServerDto } from '@opsagent/contracts';
import { DomainError } from '../../platform/errors/domain-error.js';
import type { WithMembers } from '../../platform/errors/problem.js';

/** There is no MCP server of that id. */
export class McpServerNotFound extends DomainError {
  readonly kind = 'not_found';
  readonly code = 'mcp-server/not-found';

  constructor(id: string) {
    super(`There is no MCP server "${id}".`);
  }
}

/** Another MCP server has that name. */
export class McpServerNameTaken extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'mcp-server/name-taken';

  constructor(name: string) {
    super(`There is an MCP server named "${name}" already.`);
  }
}

/** The server was changed since the caller read it. */
export class McpServerChanged extends DomainError implements WithMembers {
  readonly kind = 'conflict';
  readonly code = 'mcp-server/changed';

  /** The server as it is now stands beside the error. */
  readonly members: { readonly current: McpServerDto };

  constructor(current: McpServerDto) {
    super(`The MCP server "${current.name}" was changed by someone else since you read it.`);
    this.members = { current };
  }
}

/** A tool is no longer what the caller looked at. */
export class McpToolChanged extends DomainError implements WithMembers {
  readonly kind = 'conflict';
  readonly code = 'mcp-server/tool-changed';
  readonly members: { readonly current: McpServerDto };

  constructor(current: McpServerDto, tool: string) {
    super(`The tool "${tool}" of "${current.name}" is no longer what you looked at.`);
    this.members = { current };
  }
}
