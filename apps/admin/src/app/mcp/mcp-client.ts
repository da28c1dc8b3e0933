import { HttpClient, httpResource, type HttpResourceRef } from '@angular/common/http';
import { inject, Service } from '@angular/core';
import type {
  CreateMcpServerDto,
  McpServerDto,
  McpServerListDto,
  McpToolWordDto,
  UpdateMcpServerDto,
} from '@opsagent/contracts';
import { firstValueFrom } from 'rxjs';

const SERVERS = '/api/mcp-servers';

/** The MCP servers whose tools extend those of the agent. */
@Service()
export class McpClient {
  private readonly http = inject(HttpClient);

  /** Must be called where signals may be injected, as `one` too. */
  list(): HttpResourceRef<McpServerListDto | undefined> {
    return httpResource<McpServerListDto>(() => SERVERS);
  }

  one(id: () => string): HttpResourceRef<McpServerDto | undefined> {
    return httpResource<McpServerDto>(() => `${SERVERS}/${id()}`);
  }

  create(input: CreateMcpServerDto): Promise<McpServerDto> {
    return firstValueFrom(this.http.post<McpServerDto>(SERVERS, input));
  }

  /** @param seen the `updated_at` that was shown; null overwrites whatever is there now. */
  update(id: string, input: UpdateMcpServerDto, seen: string | null): Promise<McpServerDto> {
    const headers: Record<string, string> = seen === null ? {} : { 'If-Match': `"${seen}"` };
    return firstValueFrom(this.http.patch<McpServerDto>(`${SERVERS}/${id}`, input, { headers }));
  }

  async delete(id: string): Promise<void> {
    await firstValueFrom(this.http.delete(`${SERVERS}/${id}`));
  }

  restore(id: string): Promise<McpServerDto> {
    return firstValueFrom(this.http.post<McpServerDto>(`${SERVERS}/${id}/restore`, null));
  }

  /** Asks the server what it is and which tools it has; a failed test is an answer, too. */
  test(id: string): Promise<McpServerDto> {
    return firstValueFrom(this.http.post<McpServerDto>(`${SERVERS}/${id}/test`, null));
  }

  /** The word's hash names what was looked at: a tool that is another one by now is refused. */
  allow(id: string, word: McpToolWordDto): Promise<McpServerDto> {
    return firstValueFrom(this.http.patch<McpServerDto>(`${SERVERS}/${id}/tools`, { tools: [word] }));
  }
}
