import { Injectable, type OnApplicationBootstrap, type OnModuleInit } from '@nestjs/common';
import type { ToolSourceKind } from '@opsagent/contracts';
import { FreshCopy } from '../../platform/database/fresh-copy.js';
import { Signals } from '../../platform/database/signals.js';
import { Outbound } from '../../platform/outbound/outbound.js';
import type { OpenSource } from './source-kind.js';
import { SourceKinds } from './source-kinds.js';
import type { ToolSource } from './tool-source.entity.js';
import { ToolSourceRepository } from './tool-source.repository.js';
import { ToolSourceSecrets } from './tool-source-secrets.js';
import { type SourceFacts, SourceUnknown, ToolSources } from './tool-sources.js';

const CHANNEL = 'tool_source_changed';
const OUTBOUND_GROUP = 'tool_sources';

/** Keeps the sources that are switched on in memory, the same on every process. */
@Injectable()
export class KnownSources extends ToolSources implements OnModuleInit, OnApplicationBootstrap {
  private readonly copy: FreshCopy;
  private sources: readonly ToolSource[] = [];

  constructor(
    private readonly repository: ToolSourceRepository,
    private readonly secrets: ToolSourceSecrets,
    private readonly kinds: SourceKinds,
    private readonly outbound: Outbound,
    signals: Signals,
  ) {
    super();
    this.copy = new FreshCopy(signals, { channel: CHANNEL, what: 'The registered sources', read: () => this.read() });
  }

  onModuleInit(): void {
    this.copy.listen();
  }

  onApplicationBootstrap(): Promise<void> {
    return this.copy.start();
  }

  override list(kinds?: readonly ToolSourceKind[]): readonly SourceFacts[] {
    return kinds === undefined ? this.sources : this.sources.filter(({ kind }) => kinds.includes(kind));
  }

  override open(kinds: readonly ToolSourceKind[], name?: string): OpenSource {
    const fitting = this.sources.filter(({ kind }) => kinds.includes(kind));
    const named = name === undefined && fitting.length === 1 ? fitting[0]?.name : name;
    const source = fitting.find((one) => one.name === named);
    if (source === undefined) throw new SourceUnknown(name, fitting);
    return this.opened(source);
  }

  /** The source with its secrets. @throws SecretUnreadable */
  opened(source: ToolSource): OpenSource {
    const { name, kind, environment, settings } = source;
    return { name, kind, environment, settings, secrets: this.secrets.open(source) };
  }

  /** Makes every process read the sources again; called after a change is committed. */
  changed(): Promise<void> {
    return this.copy.changed();
  }

  private async read(): Promise<void> {
    const sources = await this.repository.all();
    this.sources = sources.filter(({ isActive }) => isActive);
    const places = this.sources.flatMap(({ kind, settings }) => this.kinds.of(kind).placeOf(settings) ?? []);
    this.outbound.allowOnly(OUTBOUND_GROUP, places);
  }
}
