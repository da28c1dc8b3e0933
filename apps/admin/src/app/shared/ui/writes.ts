import { Directive, effect, ElementRef, inject } from '@angular/core';
import { Obstacle } from '../data/obstacle.js';

/**
 * On a button that saves, sends or deletes: while the server cannot be reached it is greyed out, says why, and a press does
 * nothing. `aria-disabled` keeps it in the order of the focus, so that the reason can be heard.
 */
@Directive({ selector: 'button[oaWrites]' })
export class Writes {
  private readonly obstacle = inject(Obstacle);

  constructor() {
    const button = inject<ElementRef<HTMLButtonElement>>(ElementRef).nativeElement;
    // Ahead of the listeners of the template and of the form that it sends.
    const hold = (event: Event): void => {
      if (this.obstacle.reason() === '') return;
      event.preventDefault();
      event.stopImmediatePropagation();
    };
    button.addEventListener('click', hold, { capture: true });
    effect((onCleanup) => {
      const reason = this.obstacle.reason();
      if (reason === '') return;
      const own = button.getAttribute('title');
      button.setAttribute('aria-disabled', 'true');
      button.title = reason;
      onCleanup(() => {
        button.removeAttribute('aria-disabled');
        if (own === null) button.removeAttribute('title');
        else button.title = own;
      });
    });
  }
}
