import {
  type HttpBackend,
  HttpErrorResponse,
  HttpResponse,
  type HttpEvent,
  type HttpRequest,
} from '@angular/common/http';
import type { LlmConfigDto, MessageDto, SessionDto } from '@opsagent/contracts';
import { type Observable, of, throwError } from 'rxjs';

type Reply = (request: HttpRequest<unknown>) => unknown;

/** Stands where the network would be: answers by method and path, 404 to everything else, and remembers what was asked. */
export class TestServer implements HttpBackend {
  readonly asked: string[] = [];
  private readonly replies = new Map<string, Reply>();

  on(call: string, reply: Reply): this {
    this.replies.set(call, reply);
    return this;
  }

  handle(request: HttpRequest<unknown>): Observable<HttpEvent<unknown>> {
    const call = `${request.method} ${request.url}`;
    this.asked.push(call);
    const reply = this.replies.get(call);
    if (reply) return of(new HttpResponse({ status: 200, body: reply(request) }));
    const error = { code: 'session/not-found', detail: 'There is no such session.' };
    return throwError(() => new HttpErrorResponse({ status: 404, url: request.url, error }));
  }
}

export function aSession(facts: Partial<SessionDto> = {}): SessionDto {
  return {
    ...{ session_id: 'session-1', user_id: null, session_name: 'one', llm_config_id: 'config-1', tools: null },
    channel: 'console',
    ...{ active_run_id: null, created_at: '2026-01-01T00:00:00.000Z', updated_at: '2026-01-01T00:00:00.000Z' },
    ...{ pinned_at: null, archived_at: null, excerpt: null, expires_at: null, ...facts },
  };
}

export function aMessage(facts: Partial<MessageDto> = {}): MessageDto {
  return {
    ...{ message_id: 'message-0', session_id: 'session-1', run_id: 'run-0', query: 'before', answer: 'yes' },
    ...{ parent_id: null, versions: ['message-0'], total_price: null, currency: null, feedback: null },
    ...{ reasoning: '', status: 'finished', error: null, llm_config_id: null, model_name: 'model', usage: null },
    ...{
      first_token_ms: 1,
      total_ms: 2,
      steps: [],
      created_at: '2026-01-01T00:00:00.000Z',
      finished_at: null,
      ...facts,
    },
  };
}

export function aConfig(facts: Partial<LlmConfigDto> & { id: string }): LlmConfigDto {
  return {
    ...{ name: facts.id, provider: 'openai', model_name: 'gpt', is_active: true, is_default: false },
    ...facts,
  } as LlmConfigDto;
}
