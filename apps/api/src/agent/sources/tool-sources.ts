import type { ToolSourceKind } from '@opsagent/contracts';
import type { OpenSource } from './source-kind.js';

/** What may be told of a source. */
export interface SourceFacts {
  readonly name: string;
  readonly kind: ToolSourceKind;
  readonly description: string;
  readonly environment: string;
}

/** The registered sources, as tools see them: by name, from memory. */
export abstract class ToolSources {
  /** Those that are switched on, by name; of these kinds where given. All of them are the same list until one changes. */
  abstract list(kinds?: readonly ToolSourceKind[]): readonly SourceFacts[];

  /**
   * A source by its name; the only one of these kinds when none is named.
   * @throws SourceUnknown, whose message tells the model which names there are; SecretUnreadable
   */
  abstract open(kinds: readonly ToolSourceKind[], name?: string): OpenSource;
}

/** No source of that name and kind; the message is for the model. */
export class SourceUnknown extends Error {
  constructor(name: string | undefined, known: readonly SourceFacts[]) {
    const names = known.map((source) => `${source.name} (${source.kind})`).join(', ');
    const there = names === '' ? 'There is none that this tool could use.' : `There are: ${names}.`;
    super(`${name === undefined ? 'Name a source.' : `There is no source named ${JSON.stringify(name)}.`} ${there}`);
  }
}
