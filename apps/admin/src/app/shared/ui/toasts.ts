import { Service, signal } from '@angular/core';

export interface Toast {
  readonly id: number;
  readonly kind: 'done' | 'failed';
  readonly text: string;
  readonly action?: { readonly label: string; readonly run: () => void };
}

const MOST = 3;
const SHOWN_MS = 5000;
const WITH_ACTION_MS = 10_000;

/** Short messages about changes that are not visible where the user looks. Failures stay until they are dismissed. */
@Service()
export class Toasts {
  private nextId = 1;
  private readonly timers = new Map<number, ReturnType<typeof setTimeout>>();
  private readonly list = signal<readonly Toast[]>([]);
  readonly shown = this.list.asReadonly();

  done(text: string, action?: Toast['action']): void {
    this.add({ id: this.nextId++, kind: 'done', text, action });
  }

  failed(text: string): void {
    this.add({ id: this.nextId++, kind: 'failed', text });
  }

  dismiss(id: number): void {
    this.pause(id);
    this.list.update((toasts) => toasts.filter((toast) => toast.id !== id));
  }

  /** Stops the clock while somebody reads. */
  pause(id: number): void {
    clearTimeout(this.timers.get(id));
    this.timers.delete(id);
  }

  resume(toast: Toast): void {
    if (toast.kind === 'failed') return;
    this.pause(toast.id);
    this.timers.set(
      toast.id,
      setTimeout(() => this.dismiss(toast.id), toast.action ? WITH_ACTION_MS : SHOWN_MS),
    );
  }

  /** Takes back what the newest toast with an action is about. False when there is none. */
  undo(): boolean {
    const newest = this.list().findLast(({ action }) => action);
    if (!newest) return false;
    newest.action?.run();
    this.dismiss(newest.id);
    return true;
  }

  private add(toast: Toast): void {
    // A failure gives way only when nothing else can.
    const oldest = this.list().find(({ kind }) => kind === 'done') ?? this.list()[0];
    if (oldest && this.list().length >= MOST) this.dismiss(oldest.id);
    this.list.update((toasts) => [...toasts, toast]);
    this.resume(toast);
  }
}
