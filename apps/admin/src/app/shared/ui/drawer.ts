import { Component, input, output } from '@angular/core';
import { TranslocoPipe } from '@jsverse/transloco';
import { Modal } from './modal.js';
import { Icon } from './icon/icon.js';

/** A panel at the end of the window, 480 px wide, the whole window on phones; buttons go into `[actions]`. */
@Component({
  selector: 'oa-drawer',
  imports: [Icon, Modal, TranslocoPipe],
  template: `
    <dialog oaModal class="drawer" [attr.aria-label]="heading()" (dismissed)="dismissed.emit()">
      <div class="frame">
        <header>
          <h2>{{ heading() }}</h2>
          <button
            class="oa-button ghost icon"
            type="button"
            [attr.aria-label]="'common.close' | transloco"
            (click)="dismissed.emit()"
          >
            <svg oaIcon="x"></svg>
          </button>
        </header>
        <div class="content"><ng-content /></div>
        <footer><ng-content select="[actions]" /></footer>
      </div>
    </dialog>
  `,
  host: { '(keydown)': 'saveByKey($event)' },
  styles: `
    .drawer {
      width: min(480px, 100vw);
      max-width: none;
      height: 100dvh;
      max-height: none;
      margin: 0 0 0 auto;
      padding: 0;
      border: 0;
      border-inline-start: 1px solid var(--oa-border);
      background: var(--oa-bg);
      color: var(--oa-text);
      box-shadow: var(--oa-shadow);
      transition: translate var(--oa-drawer);

      @starting-style {
        translate: 32px 0;
      }
    }

    .frame {
      display: flex;
      flex-direction: column;
      height: 100%;
    }

    header {
      display: flex;
      align-items: center;
      justify-content: space-between;
      gap: var(--oa-space-3);
      min-height: 56px;
      padding: 0 var(--oa-space-4) 0 var(--oa-space-6);
      border-bottom: 1px solid var(--oa-border);
    }

    .content {
      /* What is hidden inside is laid out inside: the frame itself never scrolls. */
      position: relative;
      flex: 1;
      padding: var(--oa-space-5) var(--oa-space-6) var(--oa-space-6);
      overflow-y: auto;
      overscroll-behavior: contain;
    }

    footer {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      justify-content: flex-end;
      gap: var(--oa-space-3);
      padding: var(--oa-space-4) var(--oa-space-6);
      border-top: 1px solid var(--oa-border);
      background: var(--oa-sub);
    }

    @media (width < 768px) {
      .drawer {
        width: 100vw;
      }

      .content {
        padding-inline: var(--oa-space-5);
      }
    }
  `,
})
export class Drawer {
  readonly heading = input.required<string>();
  readonly dismissed = output();
  /** `Ctrl/⌘ S` or `Ctrl/⌘ Enter`, wherever the focus is in it. */
  readonly saved = output();

  protected saveByKey(event: KeyboardEvent): void {
    const isSave = (event.ctrlKey || event.metaKey) && (event.key === 's' || event.key === 'Enter');
    if (!isSave || event.isComposing) return;
    event.preventDefault();
    this.saved.emit();
  }
}
