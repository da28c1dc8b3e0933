import { DestroyRef, inject, Injectable, signal } from '@angular/core';
import type { CreatedAppKeyDto } from '@opsagent/contracts';
import { toProblem } from '../../shared/data/problem.js';
import { ProblemText } from '../../shared/data/problem-text.js';
import { Toasts } from '../../shared/ui/toasts.js';
import { DifyAppClient } from '../dify-app-client.js';

const LIFE_MS = 60 * 60 * 1000;
/** A key that ends sooner is not begun with. */
const SPARE_MS = 60 * 1000;

/** A key made for trying an app out: it lives an hour at most, is kept nowhere, and is revoked when its page is left. */
@Injectable()
export class TrialKey {
  private readonly client = inject(DifyAppClient);
  private readonly toasts = inject(Toasts);
  private readonly problemText = inject(ProblemText);
  private readonly made = signal<{ appId: string; key: CreatedAppKeyDto } | null>(null);
  readonly lastFour = signal('');

  constructor() {
    // A closed tab ends no component; this call outlives it.
    const close = (): void => void this.take((appId, keyId) => this.client.revokeKeyAtLast(appId, keyId));
    window.addEventListener('pagehide', close);
    inject(DestroyRef).onDestroy(() => {
      window.removeEventListener('pagehide', close);
      void this.revoke();
    });
  }

  /** @param name what it is called in the list of keys and in the audit log */
  async value(appId: string, name: string): Promise<string> {
    const made = this.made();
    if (made && Date.parse(made.key.expires_at ?? '') > Date.now() + SPARE_MS) return made.key.key;
    const expires_at = new Date(Date.now() + LIFE_MS).toISOString();
    const key = await this.client.createKey(appId, { name, expires_at });
    this.made.set({ appId, key });
    this.lastFour.set(key.last_four);
    return key.key;
  }

  private async revoke(): Promise<void> {
    try {
      await this.take((appId, keyId) => this.client.revokeKey(appId, keyId));
    } catch (error) {
      this.toasts.failed(this.problemText.line(toProblem(error)));
    }
  }

  private async take(end: (appId: string, keyId: string) => Promise<void>): Promise<void> {
    const made = this.made();
    this.made.set(null);
    this.lastFour.set('');
    if (made) await end(made.appId, made.key.id);
  }
}
