import { HttpClient } from '@angular/common/http';
import { inject, Service } from '@angular/core';
import type {
  ArtifactDto,
  CreateSessionDto,
  LlmConfigDto,
  MessageListDto,
  ModelCatalogueDto,
  ModelFactsDto,
  ProviderDto,
  RateMessageDto,
  SendMessageDto,
  SessionDto,
  SessionListDto,
  StopRunDto,
  ToolDto,
  ToolListDto,
  UpdateSessionDto,
} from '@opsagent/contracts';
import { firstValueFrom } from 'rxjs';
import { StreamClient } from '../shared/data/stream-client.js';

const CONFIGS_PAGE = 1000;

/** What the console asks the server about sessions and runs. */
@Service()
export class SessionClient {
  private readonly http = inject(HttpClient);
  private readonly streams = inject(StreamClient);

  list(params: Record<string, string | number | boolean>): Promise<SessionListDto> {
    return firstValueFrom(this.http.get<SessionListDto>('/api/sessions', { params }));
  }

  get(id: string): Promise<SessionDto> {
    return firstValueFrom(this.http.get<SessionDto>(`/api/sessions/${id}`));
  }

  create(input: CreateSessionDto): Promise<SessionDto> {
    return firstValueFrom(this.http.post<SessionDto>('/api/sessions', input));
  }

  update(id: string, input: UpdateSessionDto): Promise<SessionDto> {
    return firstValueFrom(this.http.patch<SessionDto>(`/api/sessions/${id}`, input));
  }

  async delete(id: string): Promise<void> {
    await firstValueFrom(this.http.delete(`/api/sessions/${id}`));
  }

  restore(id: string): Promise<SessionDto> {
    return firstValueFrom(this.http.post<SessionDto>(`/api/sessions/${id}/restore`, null));
  }

  /** A page of messages, counted from the newest; inside it the oldest comes first. */
  messages(id: string, skip: number, limit: number, through: string | null = null): Promise<MessageListDto> {
    const params = { skip, limit, ...(through === null ? {} : { through }) };
    return firstValueFrom(this.http.get<MessageListDto>(`/api/sessions/${id}/messages`, { params }));
  }

  /** The tools that answers can call. */
  async tools(): Promise<readonly ToolDto[]> {
    return (await firstValueFrom(this.http.get<ToolListDto>('/api/tools'))).items;
  }

  /** Some lines of a big result of a tool. */
  artifact(id: string, firstLine: number, lines: number): Promise<ArtifactDto> {
    const params = { first_line: firstLine, lines };
    return firstValueFrom(this.http.get<ArtifactDto>(`/api/artifacts/${id}`, { params }));
  }

  /** Says what one thinks of an answer, or with null takes it back. */
  async rate(messageId: string, feedback: RateMessageDto | null): Promise<void> {
    const url = `/api/messages/${messageId}/feedback`;
    await firstValueFrom(feedback === null ? this.http.delete(url) : this.http.put(url, feedback));
  }

  /** Every chat model, the switched-off ones too. */
  async chatModels(withDetails = false): Promise<LlmConfigDto[]> {
    const all: LlmConfigDto[] = [];
    for (;;) {
      const params = { is_embedding: false, skip: all.length, limit: CONFIGS_PAGE };
      const page = await firstValueFrom(
        this.http.get<LlmConfigDto[]>('/api/llm-configs', {
          params: withDetails ? { ...params, include: 'details' } : params,
        }),
      );
      all.push(...page);
      if (page.length < CONFIGS_PAGE) return all;
    }
  }

  /** What the catalogue knows of models. */
  async knownModels(): Promise<ModelFactsDto[]> {
    return (await firstValueFrom(this.http.get<ModelCatalogueDto>('/api/model-catalogue'))).items;
  }

  providers(): Promise<ProviderDto[]> {
    return firstValueFrom(this.http.get<ProviderDto[]>('/api/providers'));
  }

  stop(runId: string): Promise<StopRunDto> {
    return firstValueFrom(this.http.post<StopRunDto>(`/api/runs/${runId}/stop`, null));
  }

  /** Asks a question; the answer is a stream of events. */
  ask(id: string, question: SendMessageDto, signal: AbortSignal): Promise<Response> {
    return this.streams.post(`/api/sessions/${id}/messages`, question, signal);
  }

  /** The events of a run after the numbered one. */
  readonly follow = (runId: string, afterSeq: number, signal: AbortSignal): Promise<Response> =>
    this.streams.get(`/api/runs/${runId}/events`, { 'last-event-id': String(afterSeq) }, signal);
}
