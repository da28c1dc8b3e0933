import { HttpErrorResponse, type HttpInterceptorFn } from '@angular/common/http';
import { inject } from '@angular/core';
import { throwError } from 'rxjs';
import { Preview } from './preview.js';

const READS = ['GET', 'HEAD'];

/** While the console shows itself as another role sees it, nothing is changed: the server would take it as the real role's. */
export const previewInterceptor: HttpInterceptorFn = (request, next) => {
  const isHarmless = READS.includes(request.method) || request.url === '/api/auth/logout';
  if (isHarmless || !inject(Preview).isOn()) return next(request);
  return throwError(
    () =>
      new HttpErrorResponse({
        status: 403,
        url: request.url,
        error: { code: 'preview', detail: 'Not sent: preview.' },
      }),
  );
};
