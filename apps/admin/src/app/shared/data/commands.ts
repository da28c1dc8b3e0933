import { inject, InjectionToken, Service, type Type } from '@angular/core';
import { Router } from '@angular/router';
import { TranslocoService } from '@jsverse/transloco';

/** In which part of the palette a command stands. */
export type CommandKind = 'page' | 'action' | 'session' | 'config' | 'app';

/** Something that the palette can open or do. */
export interface Command {
  /** The same at every visit: the last ones used are remembered by it. */
  readonly id: string;
  readonly kind: CommandKind;
  readonly title: string;
  /** A second line worth searching, for example a model's name. */
  readonly note?: string;
  readonly run: () => void;
}

/** What a feature adds to the command palette, as far as this user may see and do it. */
export interface CommandSource {
  /** What needs no server, in the active language. */
  actions?(): readonly Command[];
  /** What the server holds, or the newest of it; read each time the palette opens. */
  things?(): Promise<readonly Command[]>;
  /** What the server finds for a few letters, where it holds more than can be read at once. */
  search?(sought: string): Promise<readonly Command[]>;
}

/** Every feature's source; its code comes when the palette is first opened. */
export const COMMAND_SOURCES = new InjectionToken<readonly (() => Promise<Type<CommandSource>>)[]>('command sources');

/** Makes commands that lead to a page, for every source alike. */
@Service()
export class CommandMaker {
  private readonly router = inject(Router);
  private readonly transloco = inject(TranslocoService);

  /** Something with a name of its own. */
  thing(kind: CommandKind, id: string, title: string, path: string, note?: string): Command {
    return { id: `${kind}-${id}`, kind, title, note, run: () => void this.router.navigateByUrl(path) };
  }

  /** A page or an action that a text of the console names. */
  page(kind: 'page' | 'action', label: string, path: string): Command {
    return { ...this.action(path, label, () => void this.router.navigateByUrl(path)), kind };
  }

  action(id: string, label: string, run: () => void): Command {
    return { id, kind: 'action', title: this.transloco.translate(label), run };
  }
}
