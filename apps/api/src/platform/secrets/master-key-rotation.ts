import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { MasterKeyDto } from '@opsagent/contracts';
import { AuditLog } from '../audit/audit-log.js';
import { Database } from '../database/database.js';
import { Settings } from '../database/settings.js';
import { Signals } from '../database/signals.js';
import { CURRENT_KEY } from './current-key.js';
import { KeyRing } from './key-ring.js';
import { NoNewMasterKey } from './master-key.errors.js';
import { SealedColumns } from './sealed-columns.js';

const CHANNEL = 'opsagent_master_key';

/**
 * Goes over from one master key to the next while serving: first every process seals with the new one, then texts of earlier
 * ones are sealed anew, row by row. What a process that ended left undone, the next start goes on with.
 */
@Injectable()
export class MasterKeyRotation implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(MasterKeyRotation.name);
  private readonly closing = new AbortController();
  private running: Promise<void> | null = null;

  constructor(
    private readonly keys: KeyRing,
    private readonly columns: SealedColumns,
    private readonly database: Database,
    private readonly settings: Settings,
    private readonly signals: Signals,
    private readonly audit: AuditLog,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    this.signals.subscribe(CHANNEL, () => this.follow());
    this.signals.onReconnect(() => this.follow());
    if (this.keys.ids.length > 1 && (await this.state()).remaining > 0) this.sealAnew();
  }

  async onApplicationShutdown(): Promise<void> {
    this.closing.abort();
    await this.running;
  }

  /** Which key seals, and how many texts still wait for it. */
  async state(): Promise<MasterKeyDto> {
    const counts = await this.columns.counts();
    const known = new Set(this.keys.ids);
    const { id } = this.keys.current;
    const others = [...counts].filter(([key]) => key !== id);
    const sum = (chosen: typeof others): number => chosen.reduce((total, [, texts]) => total + texts, 0);
    return {
      key_id: id,
      kept_in: this.keys.keptIn,
      sealed: counts.get(id) ?? 0,
      remaining: sum(others.filter(([key]) => known.has(key))),
      unreadable: sum(others.filter(([key]) => !known.has(key))),
      is_rotating: this.running !== null,
    };
  }

  /** Goes over to the newest key, made where the file keeps keys, or on with what is left. @throws NoNewMasterKey */
  async rotate(): Promise<MasterKeyDto> {
    if (this.running) return this.state();
    const { remaining } = await this.state();
    if (remaining === 0 && !this.keys.hasNewer) {
      if (this.keys.keptIn === 'environment') throw new NoNewMasterKey();
      this.keys.makeNewest();
    }
    if (this.keys.hasNewer) await this.goOver();
    this.sealAnew();
    return this.state();
  }

  private async goOver(): Promise<void> {
    const [before, after] = [this.keys.current, this.keys.newest];
    await this.database.transaction(async () => {
      await this.settings.set(CURRENT_KEY, after.fingerprint);
      const target = { targetType: 'master_key', targetId: after.id, targetName: null };
      const change = { before: { key_id: before.id }, after: { key_id: after.id } };
      await this.audit.record({ action: 'master_key.rotate', ...target, ...change });
    });
    this.keys.use(after.fingerprint);
    await this.signals.publish(CHANNEL, after.id);
  }

  private sealAnew(): void {
    this.running ??= this.untilNothingIsLeft()
      .catch((error: Error) => this.logger.error(`Sealing with the new master key stopped: ${error.message}`))
      .finally(() => (this.running = null));
  }

  /** Again after each pass, for what a process sealed that had not heard of the new key yet. */
  private async untilNothingIsLeft(): Promise<void> {
    let done = 0;
    for (let last = -1; last !== 0; done += last)
      last = await this.columns.sealAnew(this.keys.current.id, this.closing.signal);
    const { remaining } = await this.state();
    if (this.closing.signal.aborted) return;
    if (remaining === 0) this.keys.forgetEarlier();
    this.logger.log(`${done} secrets sealed with the new master key, ${remaining} left on an earlier one`);
  }

  /** Another process went over to a key. */
  private follow(): void {
    this.settings
      .get<string>(CURRENT_KEY)
      .then((fingerprint) => {
        if (fingerprint === undefined || this.keys.use(fingerprint)) return;
        this.logger.error(
          'The master key was changed, and this process does not have the new one: start it with that key.',
        );
      })
      .catch((error: Error) => this.logger.warn(`The master key in use cannot be read: ${error.message}`));
  }
}
