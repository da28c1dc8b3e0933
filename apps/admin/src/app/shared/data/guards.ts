import { inject } from '@angular/core';
import { type CanActivateFn, Router, type UrlTree } from '@angular/router';
import { CurrentUser } from './current-user.js';
import { toProblem } from './problem.js';

/** Pages behind the sign-in. When the server cannot say who this is, the shell opens and shows why. */
export const onlySignedIn: CanActivateFn = (_route, { url }) => whoIsThis(inject(CurrentUser), inject(Router), url);

async function whoIsThis(user: CurrentUser, router: Router, url: string): Promise<true | UrlTree> {
  if (user.isSignedIn()) return true;
  try {
    await user.load();
    return true;
  } catch (error) {
    if (toProblem(error).status !== 401) return true;
  }
  if (await isSetupNeeded(user)) return router.createUrlTree(['/setup']);
  return router.createUrlTree(['/login'], { queryParams: url === '/' ? {} : { return: url } });
}

/** The sign-in page is of no use to somebody who is signed in. */
export const onlySignedOut: CanActivateFn = async () => {
  const user = inject(CurrentUser);
  const router = inject(Router);
  if (user.isSignedIn()) return router.createUrlTree(['/']);
  return (await isSetupNeeded(user)) ? router.createUrlTree(['/setup']) : true;
};

/** The later steps of the set-up make what only an administrator may make. */
export const onlyAdmins: CanActivateFn = async (_route, { url }) => {
  const user = inject(CurrentUser);
  const router = inject(Router);
  const answer = await whoIsThis(user, router, url);
  return answer === true && user.isSignedIn() && !user.can('admin') ? router.createUrlTree(['/']) : answer;
};

/** The set-up page exists until there is an administrator; the page itself says when the server is silent. */
export const onlyBeforeSetup: CanActivateFn = async () => {
  const user = inject(CurrentUser);
  const router = inject(Router);
  try {
    return (await user.setupState()).needed ? true : router.createUrlTree(['/login']);
  } catch {
    return true;
  }
};

/** False as well when the server does not answer: the sign-in page then says so when it is used. */
async function isSetupNeeded(user: CurrentUser): Promise<boolean> {
  try {
    return (await user.setupState()).needed;
  } catch {
    return false;
  }
}
