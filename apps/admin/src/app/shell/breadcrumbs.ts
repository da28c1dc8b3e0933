import { Component, inject } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { type ActivatedRouteSnapshot, NavigationEnd, Router, RouterLink } from '@angular/router';
import { TranslocoDirective } from '@jsverse/transloco';
import { filter, map } from 'rxjs';
import { Place } from '../shared/data/place.js';

/** A page on the way to the open one. */
interface Step {
  readonly title: string;
  readonly path: string;
}

/** Where one is: the titles of the open page and of those above it, and the name of the thing it is about. */
@Component({
  selector: 'oa-breadcrumbs',
  imports: [RouterLink, TranslocoDirective],
  template: `
    <nav *transloco="let t" [attr.aria-label]="t('nav.place')">
      <ol>
        @for (step of steps(); track step.path; let isLast = $last) {
          <li>
            @if (isLast && !name()) {
              <span aria-current="page">{{ t(step.title) }}</span>
            } @else {
              <a [routerLink]="step.path">{{ t(step.title) }}</a>
            }
          </li>
        }
        @if (name()) {
          <li>
            <span aria-current="page">{{ name() }}</span>
          </li>
        }
      </ol>
    </nav>
  `,
  styles: `
    :host {
      flex: 1;
      min-width: 0;
    }

    ol {
      display: flex;
      overflow: hidden;
      color: var(--oa-text-muted);
      font: var(--oa-control);
      white-space: nowrap;
    }

    li:last-child {
      overflow: hidden;
      text-overflow: ellipsis;
    }

    li + li::before {
      content: '/' / '';
      padding-inline: var(--oa-space-3);
    }

    a {
      color: inherit;
      text-decoration: none;
    }

    a:hover {
      text-decoration: underline;
    }
  `,
})
export class Breadcrumbs {
  private readonly router = inject(Router);
  protected readonly name = inject(Place).name;
  protected readonly steps = toSignal(
    this.router.events.pipe(
      filter((event) => event instanceof NavigationEnd),
      map(() => stepsTo(this.router.routerState.snapshot.root)),
    ),
    { initialValue: stepsTo(this.router.routerState.snapshot.root) },
  );
}

/** Routes with a title of their own, outermost first. */
function stepsTo(route: ActivatedRouteSnapshot): Step[] {
  const own = route.routeConfig?.title;
  const segments = route.pathFromRoot.flatMap(({ url }) => url.map(({ path }) => path));
  const below = route.firstChild ? stepsTo(route.firstChild) : [];
  return typeof own === 'string' ? [{ title: own, path: `/${segments.join('/')}` }, ...below] : below;
}
