import type { ToolSourceKind } from '@opsagent/contracts';
import type { OpenSource } from '../../src/agent/sources/source-kind.js';
import { type SourceFacts, SourceUnknown, ToolSources } from '../../src/agent/sources/tool-sources.js';

/** Sources that are there without a database. */
export class FixedSources extends ToolSources {
  private readonly facts: readonly SourceFacts[];

  constructor(private readonly sources: readonly OpenSource[] = []) {
    super();
    this.facts = sources.map(({ name, kind, environment }) => ({ name, kind, environment, description: '' }));
  }

  override list(kinds?: readonly ToolSourceKind[]): readonly SourceFacts[] {
    return kinds === undefined ? this.facts : this.facts.filter(({ kind }) => kinds.includes(kind));
  }

  override open(kinds: readonly ToolSourceKind[], name?: string): OpenSource {
    const source = this.sources.find((one) => kinds.includes(one.kind) && (name === undefined || one.name === name));
    if (!source) throw new SourceUnknown(name, this.list(kinds));
    return source;
  }
}
