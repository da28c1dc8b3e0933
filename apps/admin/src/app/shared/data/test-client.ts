import { inject, Service } from '@angular/core';
import { HttpClient } from '@angular/common/http';
import type { LlmConfigTestListDto, TestEvent, TestLlmConfigDto, TestUnsavedLlmConfigDto } from '@opsagent/contracts';
import { EventSourceParserStream } from 'eventsource-parser/stream';
import { firstValueFrom } from 'rxjs';
import { noAnswer, problemOfResponse, ProblemError } from './problem.js';
import { StreamClient } from './stream-client.js';

/** What is tested: a stored configuration by its id, or values that are not stored. */
export type Tested = { readonly id: string } | { readonly unsaved: TestUnsavedLlmConfigDto };

/** Tests of model configurations over HTTP. */
@Service()
export class TestClient {
  private readonly http = inject(HttpClient);
  private readonly streams = inject(StreamClient);

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
    const response = await this.open(path, { ...values, ...options }, signal);
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

  private async open(path: string, body: unknown, signal: AbortSignal): Promise<Response> {
    try {
      return await this.streams.post(`/api/llm-configs${path}`, body, signal);
    } catch (error) {
      throw signal.aborted || error instanceof ProblemError ? error : new ProblemError(noAnswer(String(error)));
    }
  }
}
