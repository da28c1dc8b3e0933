import type { ImportItemDto, ImportPlanDto, JobDto, LlmConfigDto, LlmConfigExportDto } from '@opsagent/contracts';
import { eventually } from './eventually.js';
import { type ApiReply, LlmConfigClient } from './llm-config-client.js';
import type { TestApp } from './test-app.js';

/** Sends files of configurations to and fro, as the administrator unless told otherwise. */
export class TransferClient extends LlmConfigClient {
  constructor(
    private readonly at: TestApp,
    private readonly as: Record<string, string> = at.admin.headers,
  ) {
    super(at, as);
  }

  async export(body: object = {}): Promise<LlmConfigExportDto> {
    return (await this.send<LlmConfigExportDto>('POST', '/export', body)).body;
  }

  async plan(content: unknown, more: object = {}): Promise<ImportPlanDto> {
    const { status, body, text } = await this.send<ImportPlanDto>('POST', '/import/plan', fileOf(content, more));
    if (status !== 200) throw new Error(`No plan: ${text}`);
    return body;
  }

  import(content: unknown, more: object = {}): Promise<ApiReply<JobDto>> {
    return this.send<JobDto>('POST', '/import', fileOf(content, more));
  }

  /** Every configuration, by its name. */
  async all(): Promise<Map<string, LlmConfigDto>> {
    const { body } = await this.send<LlmConfigDto[]>('GET', '?limit=1000&sort=name');
    return new Map(body.map((config) => [config.name, config]));
  }

  /** Puts back what a job did, and waits for the end of that. */
  async undo({ id }: JobDto): Promise<JobDto> {
    let job = await this.job('POST', `${id}/undo`);
    await eventually(async () => (job = await this.job('GET', job.id)).state !== 'running');
    return job;
  }

  private async job(method: string, path: string): Promise<JobDto> {
    const response = await fetch(`${this.at.url}/api/jobs/${path}`, { method, headers: this.as });
    return (await response.json()) as JobDto;
  }
}

/** A file of ours with these items; a text is the file itself. */
function fileOf(content: unknown, more: object): object {
  const file = Array.isArray(content) ? { opsagent: { kind: 'llm-configs', version: 1 }, items: content } : content;
  return { content: typeof file === 'string' ? file : JSON.stringify(file), ...more };
}

/** An item in short: its name, what becomes of it, and the fields that would change. */
export function shortly({ name, action, changes }: ImportItemDto): [string, string, string] {
  return [name, action, changes.map(({ field }) => field).join(' ')];
}
