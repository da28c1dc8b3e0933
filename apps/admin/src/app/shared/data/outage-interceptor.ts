import { HttpErrorResponse, type HttpInterceptorFn, HttpResponse } from '@angular/common/http';
import { inject } from '@angular/core';
import { tap, throwError } from 'rxjs';
import { Online } from './online.js';
import { isSilent, noAnswer, ProblemError } from './problem.js';

const READS = ['GET', 'HEAD'];

/** Refuses writes at once while the server cannot be reached, and tells `Online` how every other call went. */
export const outageInterceptor: HttpInterceptorFn = (request, next) => {
  const online = inject(Online);
  if (!READS.includes(request.method) && !online.active()) {
    return throwError(() => new ProblemError(noAnswer(`${request.method} ${request.url} was not sent.`)));
  }
  return next(request).pipe(
    tap({
      next: (event) => event instanceof HttpResponse && online.answered(),
      error: (error: unknown) => {
        if (!(error instanceof HttpErrorResponse)) return;
        if (isSilent(error.status)) online.missed();
        else online.answered();
      },
    }),
  );
};
