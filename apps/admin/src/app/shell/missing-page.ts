import { Component } from '@angular/core';
import { RouterLink } from '@angular/router';
import { TranslocoPipe } from '@jsverse/transloco';
import { State } from '../shared/ui/state.js';

/** An address nobody lives at. */
@Component({
  selector: 'oa-missing-page',
  imports: [RouterLink, State, TranslocoPipe],
  template: `
    <section class="oa-page">
      <h1 class="oa-hidden">{{ 'nav.missing' | transloco }}</h1>
      <oa-state kind="empty" [heading]="'nav.missing' | transloco" [text]="'shell.missingText' | transloco">
        <a class="oa-button primary" routerLink="/overview">{{ 'shell.missingAction' | transloco }}</a>
      </oa-state>
    </section>
  `,
})
export class MissingPage {}
