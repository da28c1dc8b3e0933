import { DOCUMENT } from '@angular/common';
import { Directive, effect, ElementRef, inject, input } from '@angular/core';
import { ICONS, type IconName } from './icons.js';

const SVG = 'http://www.w3.org/2000/svg';

/**
 * Draws an icon of Lucide into `<svg oaIcon="check">`. It is decoration: what it means stands beside it as text or in a label.
 * One directive for all of them, since a component per icon weighs a quarter of a megabyte before compression.
 */
@Directive({
  selector: 'svg[oaIcon]',
  host: {
    viewBox: '0 0 24 24',
    fill: 'none',
    stroke: 'currentColor',
    'stroke-width': '1.75',
    'stroke-linecap': 'round',
    'stroke-linejoin': 'round',
    'aria-hidden': 'true',
    '[attr.width]': 'size()',
    '[attr.height]': 'size()',
  },
})
export class Icon {
  private readonly host = inject<ElementRef<SVGElement>>(ElementRef).nativeElement;
  private readonly document = inject(DOCUMENT);
  readonly oaIcon = input.required<IconName>();
  /** Pixels of its square at a root of 16 px. */
  readonly size = input<number | string>(16);

  constructor() {
    effect(() => this.host.replaceChildren(...ICONS[this.oaIcon()].map(([tag, facts]) => this.shape(tag, facts))));
  }

  private shape(tag: string, facts: Readonly<Record<string, unknown>>): SVGElement {
    const shape = this.document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(facts)) shape.setAttribute(name, String(value));
    return shape;
  }
}
