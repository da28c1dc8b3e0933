import { Injectable } from '@nestjs/common';
import type { LlmConfigActivityDto } from '@opsagent/contracts';

/** What configurations did in the last 24 hours; one that did nothing may be left out. */
type Reader = (configIds: readonly string[]) => Promise<ReadonlyMap<string, LlmConfigActivityDto>>;

/** What configurations did: the feature that keeps their answers says so, because this one does not know it. */
@Injectable()
export class LlmConfigActivity {
  private reader: Reader = () => Promise.resolve(new Map());

  register(reader: Reader): void {
    this.reader = reader;
  }

  of(configIds: readonly string[]): Promise<ReadonlyMap<string, LlmConfigActivityDto>> {
    return this.reader(configIds);
  }
}
