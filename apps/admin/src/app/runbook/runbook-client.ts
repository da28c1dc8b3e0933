import { HttpClient, httpResource, type HttpResourceRef } from '@angular/common/http';
import { inject, Service } from '@angular/core';
import type {
  CreateRunbookDto,
  RunbookDto,
  RunbookExportDto,
  RunbookFileDto,
  RunbookImportDto,
  RunbookListDto,
  RunbookSearchDto,
  UpdateRunbookDto,
} from '@opsagent/contracts';
import { firstValueFrom } from 'rxjs';

const RUNBOOKS = '/api/runbooks';
/** As many as the server exports at once. */
const MOST_EXPORTED = 100;

/** Runbooks over HTTP. */
@Service()
export class RunbookClient {
  private readonly http = inject(HttpClient);

  page(filter: Record<string, string>, skip: number, limit: number): Promise<RunbookListDto> {
    return firstValueFrom(this.http.get<RunbookListDto>(RUNBOOKS, { params: { ...filter, skip, limit } }));
  }

  /** Must be called where signals may be injected, as `one` too. */
  search(words: () => string): HttpResourceRef<RunbookSearchDto | undefined> {
    return httpResource<RunbookSearchDto>(() => {
      const query = words();
      return query === ''
        ? undefined
        : { url: `${RUNBOOKS}/search`, params: { query, with_inactive: true, limit: 50 } };
    });
  }

  one(id: () => string | null): HttpResourceRef<RunbookDto | undefined> {
    return httpResource<RunbookDto>(() => {
      const asked = id();
      return asked === null ? undefined : `${RUNBOOKS}/${encodeURIComponent(asked)}`;
    });
  }

  create(input: CreateRunbookDto): Promise<RunbookDto> {
    return firstValueFrom(this.http.post<RunbookDto>(RUNBOOKS, input));
  }

  /** @param updatedAt what it was when it was read: what somebody else saved since is not replaced */
  update(id: string, input: UpdateRunbookDto, updatedAt: string): Promise<RunbookDto> {
    const headers = { 'If-Match': `"${updatedAt}"` };
    return firstValueFrom(this.http.patch<RunbookDto>(`${RUNBOOKS}/${id}`, input, { headers }));
  }

  async delete(id: string): Promise<void> {
    await firstValueFrom(this.http.delete(`${RUNBOOKS}/${id}`));
  }

  restore(id: string): Promise<RunbookDto> {
    return firstValueFrom(this.http.post<RunbookDto>(`${RUNBOOKS}/${id}/restore`, null));
  }

  import(files: readonly RunbookFileDto[]): Promise<RunbookImportDto> {
    return firstValueFrom(this.http.post<RunbookImportDto>(`${RUNBOOKS}/import`, { files }));
  }

  async file(id: string): Promise<RunbookFileDto | undefined> {
    return (await this.exported({ id })).files[0];
  }

  async files(): Promise<RunbookFileDto[]> {
    const files: RunbookFileDto[] = [];
    for (;;) {
      const page = await this.exported({ skip: files.length, limit: MOST_EXPORTED });
      files.push(...page.files);
      if (page.files.length < MOST_EXPORTED) return files;
    }
  }

  private exported(params: Record<string, string | number>): Promise<RunbookExportDto> {
    return firstValueFrom(this.http.get<RunbookExportDto>(`${RUNBOOKS}/export`, { params }));
  }
}
