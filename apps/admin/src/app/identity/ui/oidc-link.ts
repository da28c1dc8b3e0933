import { Component, computed, input } from '@angular/core';
import { TranslocoPipe } from '@jsverse/transloco';

/** Signs in by the OpenID Connect provider: leaves the console and comes back to the page that was asked for. */
@Component({
  selector: 'oa-oidc-link',
  imports: [TranslocoPipe],
  template: `
    @if (!isOnly()) {
      <p aria-hidden="true">{{ 'signIn.or' | transloco }}</p>
    }
    <a
      class="oa-button"
      [class.primary]="isOnly()"
      [href]="address()"
      [attr.target]="isNewTab() ? '_blank' : null"
      [attr.rel]="isNewTab() ? 'noopener' : null"
    >
      {{ 'signIn.with' | transloco: { name: name() } }}
    </a>
  `,
  styles: `
    :host {
      display: flex;
      flex-direction: column;
      gap: var(--oa-space-5);
    }

    p {
      display: flex;
      align-items: center;
      gap: var(--oa-space-4);
      margin: 0;
      color: var(--oa-text-muted);
      font: var(--oa-control);
    }

    p::before,
    p::after {
      content: '';
      flex: 1;
      border-top: 1px solid var(--oa-border);
    }
  `,
})
export class OidcLink {
  readonly name = input.required<string>();
  /** A path of this console. */
  readonly return = input<string>();
  /** Keeps this page, with what was typed into it. */
  readonly isNewTab = input(false);
  /** Passwords are switched off here. */
  readonly isOnly = input(false);

  protected readonly address = computed(() => {
    const asked = this.return();
    return asked === undefined
      ? '/api/auth/oidc'
      : `/api/auth/oidc?${new URLSearchParams({ return: asked }).toString()}`;
  });
}
