import { inject, Service } from '@angular/core';
import { HttpClient } from '@angular/common/http';
import type { LlmConfigTestListDto, TestEvent, TestLlmConfigDto, TestUnsavedLlmConfigDto } from '@opsagent/contracts';
import { EventSourceParserStream } from 'eventsource-parser/stream';
import { firstValueFrom } from 'rxjs';
import { noAnswer, problemOfResponse, ProblemError } from './problem.js';
import { SignInAgain } from './sign-in-again.js';

/** What is tested: a stored configuration by its id, or values that are not stored. */
export type Tested = { readonly id: string } | { readonly unsaved: TestUnsavedLlmConfigDto };

const UNAUTHENTICATED = 401;

/** Tests of model configurations over HTTP. */
@Service()
export class TestClient {
  private readonly http = inject(HttpClient);
  private readonly signInAgain = inject(SignInAgain);

  /** The last tests of a stored configuration, newest first. */
  history(id: string): Promise<LlmConfigTestListDto> {
    return firstValueFrom(this.http.get<LlmConfigTestListDto>(`/api/llm-configs/${id}/tests`));
  }

  /**
   * A real call to the model, told step by step; aborting cancels it.
   * @throws ProblemError; the reason of `signal`
   */
  async *run(tested: Tested, options: TestLlmConfigDto, signal: AbortSignal): AsyncGenerator<TestEvent> {
    const [path, values] = 'id' in tested ? [`/${tested.id}/test/stream`, {}] : ['/test/stream', tested.unsaved];
    const response = await this.post(`/api/llm-configs${path}`, { ...values, ...options }, signal);
    if (!response.ok || !response.body) throw new ProblemError(await problemOfResponse(response));
    const events = response.body.pipeThrough(new TextDecoderStream()).pipeThrough(new EventSourceParserStream());
    const reader = events.getReader();
    try {
      for (let read = await reader.read(); !read.done; read = await reader.read())
        yield JSON.parse(read.value.data) as TestEvent;
    } catch (error) {
      throw signal.aborted ? error : new ProblemError(noAnswer(String(error)));
    }
  }

  private async post(url: string, body: unknown, signal: AbortSignal): Promise<Response> {
    const headers = { accept: 'text/event-stream', 'content-type': 'application/json' };
    for (;;) {
      const response = await this.fetched(url, { method: 'POST', body: JSON.stringify(body), headers, signal });
      if (response.status !== UNAUTHENTICATED) return response;
      await this.signInAgain.wait();
    }
  }

  private async fetched(url: string, init: RequestInit): Promise<Response> {
    try {
      return await fetch(url, { ...init, credentials: 'same-origin' });
    } catch (error) {
      if (init.signal?.aborted) throw error;
      throw new ProblemError(noAnswer(String(error)));
    }
  }
}
