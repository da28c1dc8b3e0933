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
