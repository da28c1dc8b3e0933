import { ReadableStream } from 'node:stream/web';
import { TextDecoder, TextEncoder } from 'node:util';
import 'reflect-metadata';
import { setupZonelessTestEnv } from 'jest-preset-angular/setup-env/zoneless/index.mjs';

setupZonelessTestEnv();

/** Every browser has these; jsdom does not hand them on. */
Object.assign(globalThis, { ReadableStream, TextDecoder, TextEncoder });

/** jsdom has neither modal dialogs nor popovers; what the tests need of them is that they open and close. */
Object.assign(HTMLDialogElement.prototype, {
  showModal(this: HTMLDialogElement): void {
    this.open = true;
  },
  close(this: HTMLDialogElement): void {
    this.open = false;
  },
});

/** jsdom has no layout: a window as wide as a desk's, in which nothing ever changes its size. */
Object.assign(globalThis, {
  matchMedia: () => ({ matches: false, addEventListener: () => undefined, removeEventListener: () => undefined }),
  ResizeObserver: class {
    observe(): void {}
    disconnect(): void {}
  },
});
