import { HttpClient, httpResource, type HttpResourceRef } from '@angular/common/http';
import { inject, Service } from '@angular/core';
import type {
  AnnotationDto,
  AnnotationInputDto,
  AnnotationListDto,
  AnnotationReplyDto,
  AppFeedbackListDto,
  JobDto,
  LlmConfigDto,
} from '@opsagent/contracts';
import { firstValueFrom } from 'rxjs';

/** As many as are listed at once. */
export const PAGE = 50;
const MOST_CONFIGS = 1000;

/** The annotations of an app, and what people thought of its answers. */
@Service()
export class AnnotationClient {
  private readonly http = inject(HttpClient);

  list(appId: () => string, search: () => string, page: () => number): HttpResourceRef<AnnotationListDto | undefined> {
    return httpResource<AnnotationListDto>(() => ({
      url: `/api/apps/${appId()}/annotations`,
      params: { skip: page() * PAGE, limit: PAGE, search: search() },
    }));
  }

  feedbacks(appId: () => string, page: () => number): HttpResourceRef<AppFeedbackListDto | undefined> {
    return httpResource<AppFeedbackListDto>(() => ({
      url: `/api/apps/${appId()}/feedbacks`,
      params: { skip: page() * PAGE, limit: PAGE },
    }));
  }

  /** The configurations that questions can be compared with. */
  embeddings(): HttpResourceRef<LlmConfigDto[] | undefined> {
    return httpResource<LlmConfigDto[]>(() => ({
      url: '/api/llm-configs',
      params: { is_embedding: true, limit: MOST_CONFIGS },
    }));
  }

  create(appId: string, input: AnnotationInputDto): Promise<AnnotationDto> {
    return firstValueFrom(this.http.post<AnnotationDto>(`/api/apps/${appId}/annotations`, input));
  }

  update(appId: string, id: string, input: AnnotationInputDto): Promise<AnnotationDto> {
    return firstValueFrom(this.http.put<AnnotationDto>(`/api/apps/${appId}/annotations/${id}`, input));
  }

  delete(appId: string, id: string): Promise<void> {
    return firstValueFrom(this.http.delete<void>(`/api/apps/${appId}/annotations/${id}`));
  }

  switchReply(appId: string, reply: AnnotationReplyDto): Promise<JobDto> {
    return firstValueFrom(this.http.put<JobDto>(`/api/apps/${appId}/annotation-reply`, reply));
  }
}
