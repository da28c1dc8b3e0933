import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.js';
import { Environment } from '../../platform/config/environment.js';
import { Signals } from '../../platform/database/signals.js';
import { appKeyHash } from './app-key-text.js';
import type { App } from './app.entity.js';
import { AppRepository, type AcceptedKey } from './app.repository.js';
import { FirstApp } from './first-app.js';

const CHANNEL = 'app_key_changed';
const MOST_KEYS = 10_000;
/** The safety net under the signals: no revoked key is believed for longer. */
const LONGEST_MS = 60_000;
const USE_NOTED_EVERY_MS = 60_000;

interface KnownKey extends AcceptedKey {
  readAtMs: number;
  notedAtMs: number;
}

/** Which key stands for which app, from memory: every call on `/v1` asks. */
@Injectable()
export class KnownApps implements OnModuleInit {
  private readonly logger = new Logger(KnownApps.name);
  private readonly keys = new Map<string, KnownKey>();
  private readonly environmentKeyHash: string | null;
  /** Counts what was forgotten, so that an answer read before is not remembered after. */
  private generation = 0;

  constructor(
    private readonly apps: AppRepository,
    private readonly firstApp: FirstApp,
    private readonly signals: Signals,
    private readonly clock: Clock,
    environment: Environment,
  ) {
    const key = environment.OPSAGENT_APP_KEY;
    this.environmentKeyHash = key === undefined ? null : appKeyHash(key);
  }

  onModuleInit(): void {
    this.signals.subscribe(CHANNEL, () => this.forget());
    this.signals.onReconnect(() => this.forget());
  }

  /** The app behind a key, at once when it is known; null for a key that is not accepted. */
  byKey(key: string): App | null | Promise<App | null> {
    const hash = appKeyHash(key);
    if (hash === this.environmentKeyHash) return this.firstApp.get();
    const known = this.keys.get(hash);
    const nowMs = this.clock.monotonicMs();
    if (known === undefined || nowMs - known.readAtMs > LONGEST_MS) return this.read(hash);
    return this.accept(known, nowMs);
  }

  /** The id of a key that was found to be accepted; null for the environment's, which has none. */
  keyIdOf(key: string): string | null {
    return this.keys.get(appKeyHash(key))?.keyId ?? null;
  }

  first(): App | Promise<App> {
    return this.firstApp.get();
  }

  /** Makes every process look again; called after the change is committed, which a lost signal does not undo. */
  async forgetEverywhere(): Promise<void> {
    this.forget();
    try {
      await this.signals.publish(CHANNEL, '');
    } catch (error) {
      this.logger.warn(`Other processes learn of a changed app key within a minute only: ${(error as Error).message}`);
    }
  }

  private forget(): void {
    this.generation += 1;
    this.keys.clear();
    this.firstApp.forget();
  }

  private async read(hash: string): Promise<App | null> {
    const generation = this.generation;
    const notedAtMs = this.keys.get(hash)?.notedAtMs ?? -Infinity;
    const key = await this.apps.acceptedKey(hash);
    if (key === null) {
      this.keys.delete(hash);
      return null;
    }
    const nowMs = this.clock.monotonicMs();
    const known = { ...key, readAtMs: nowMs, notedAtMs };
    if (generation === this.generation) this.remember(hash, known);
    return this.accept(known, nowMs);
  }

  private remember(hash: string, key: KnownKey): void {
    if (this.keys.size >= MOST_KEYS) this.keys.clear();
    this.keys.set(hash, key);
  }

  private accept(key: KnownKey, nowMs: number): App | null {
    if (key.expiresAt !== null && key.expiresAt <= this.clock.now()) return null;
    if (nowMs - key.notedAtMs >= USE_NOTED_EVERY_MS) this.noteUse(key, nowMs);
    return key.app;
  }

  /** Behind the answer; a lost note is a lost minute in a list. */
  private noteUse(key: KnownKey, nowMs: number): void {
    key.notedAtMs = nowMs;
    this.apps
      .noteUse(key.keyId, this.clock.now())
      .catch((error: Error) => this.logger.warn(`The use of an app key was not noted: ${error.message}`));
  }
}
