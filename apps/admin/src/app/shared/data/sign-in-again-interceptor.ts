import { HttpErrorResponse, type HttpInterceptorFn } from '@angular/common/http';
import { inject } from '@angular/core';
import { catchError, from, switchMap, throwError } from 'rxjs';
import { CurrentUser } from './current-user.js';
import { SignInAgain } from './sign-in-again.js';

/** These answer 401 as a matter of course: to them it is no end of a sign-in. */
const OWN_ANSWER = ['/api/auth/', '/api/setup'];

/** A call refused because the sign-in ended waits for a new one and is sent again. */
export const signInAgainInterceptor: HttpInterceptorFn = (request, next) => {
  const user = inject(CurrentUser);
  const again = inject(SignInAgain);
  return next(request).pipe(
    catchError((error: unknown) => {
      const isRefused = error instanceof HttpErrorResponse && error.status === 401;
      const isOwnAnswer = OWN_ANSWER.some((start) => request.url.startsWith(start));
      if (!isRefused || isOwnAnswer || !user.isSignedIn()) return throwError(() => error);
      return from(again.wait()).pipe(switchMap(() => next(request)));
    }),
  );
};
