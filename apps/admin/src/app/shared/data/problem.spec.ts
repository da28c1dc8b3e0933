import { HttpErrorResponse, HttpHeaders } from '@angular/common/http';
import { ProblemError, toProblem } from './problem.js';

describe('toProblem', () => {
  it('reads the problem document of the server', () => {
    const body = { code: 'llm-config/name-taken', detail: 'taken', request_id: 'r1', errors: [], current: { id: 1 } };
    const problem = toProblem(new HttpErrorResponse({ status: 409, error: body }));
    expect(problem).toEqual({
      status: 409,
      code: 'llm-config/name-taken',
      detail: 'taken',
      requestId: 'r1',
      permission: null,
      errors: [],
      current: { id: 1 },
      retryAfter: null,
    });
  });

  it('reads a problem document that arrived as text', () => {
    const error = JSON.stringify({ code: 'session/not-found', detail: 'gone' });
    expect(toProblem(new HttpErrorResponse({ status: 404, error })).code).toBe('session/not-found');
  });

  it('keeps the words of a proxy that answers no problem document', () => {
    const problem = toProblem(new HttpErrorResponse({ status: 502, error: '<html>Bad gateway</html>' }));
    expect(problem).toMatchObject({ status: 502, code: 'http-502', detail: '<html>Bad gateway</html>' });
  });

  it.each([
    ['30', 30],
    [new Date(Date.now() + 4500).toUTCString(), 5],
    [new Date(0).toUTCString(), 0],
    ['soon', null],
  ])('reads when to try again from %s', (wait, seconds) => {
    const headers = new HttpHeaders({ 'Retry-After': wait });
    const { retryAfter } = toProblem(new HttpErrorResponse({ status: 429, headers, error: '' }));
    if (seconds === null) expect(retryAfter).toBeNull();
    else expect(Math.abs(retryAfter! - seconds)).toBeLessThanOrEqual(1);
  });

  it('calls a missing answer a network problem', () => {
    expect(toProblem(new HttpErrorResponse({ status: 0 })).code).toBe('network');
  });

  it('looks inside an error that only wraps another', () => {
    const wrapped = new Error('resource failed', { cause: new HttpErrorResponse({ status: 0 }) });
    expect(toProblem(wrapped).code).toBe('network');
  });

  it('passes on the problem of a stream', () => {
    const problem = toProblem(new Error('x'));
    expect(toProblem(new ProblemError(problem))).toBe(problem);
    expect(problem.code).toBe('unexpected');
  });
});
