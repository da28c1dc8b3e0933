import { Injectable } from '@nestjs/common';
import type { ToolSourceTestDto } from '@opsagent/contracts';
import { Clock } from '../../platform/clock/clock.js';
import { type OpenSource, SourceFailed } from './source-kind.js';
import { SourceKinds } from './source-kinds.js';

const LONGEST_MS = 15_000;

/** Asks sources whether they are what they are said to be. */
@Injectable()
export class ToolSourceTests {
  constructor(
    private readonly kinds: SourceKinds,
    private readonly clock: Clock,
  ) {}

  /** Never throws: what goes wrong is the result. */
  async run(source: OpenSource): Promise<ToolSourceTestDto> {
    const start = this.clock.monotonicMs();
    const told = await this.ask(source);
    return { ...told, ms: Math.round(this.clock.monotonicMs() - start), tested_at: this.clock.now().toISOString() };
  }

  private async ask(source: OpenSource): Promise<Pick<ToolSourceTestDto, 'ok' | 'fault' | 'detail'>> {
    const signal = AbortSignal.timeout(LONGEST_MS);
    try {
      return { ok: true, fault: null, detail: await this.kinds.of(source.kind).test(source, signal) };
    } catch (error) {
      if (error instanceof SourceFailed) return { ok: false, fault: error.fault, detail: error.message };
      if (signal.aborted)
        return { ok: false, fault: 'timeout', detail: `No answer within ${LONGEST_MS / 1000} seconds.` };
      return { ok: false, fault: 'failed', detail: (error as Error).message };
    }
  }
}
