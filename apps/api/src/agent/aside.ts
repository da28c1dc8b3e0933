import { Injectable } from '@nestjs/common';
import type { ModelUser } from '../llm-config/access/config-access.js';
import { ChatModels, type ModelChoices, type UsableModel } from '../llm-config/chat-models.js';
import { totalOf } from '../llm-config/catalogue/pricing.js';
import { FoldedAnswer } from '../llm-config/wire/folded-answer.js';
import { estimateUsage } from '../llm-config/wire/token-estimate.js';
import type { ModelRequest } from '../llm-config/wire/model-wire.js';
import { Clock } from '../platform/clock/clock.js';
import { type TurnClaim, TurnLimits } from '../platform/limits/limits.js';

/** Whoever writes more than this was not asked for it. */
const MOST_CHARACTERS = 8_000;

/** What is asked, and whose budget pays for it. */
export interface AsideQuestion {
  readonly owner: TurnClaim['owner'];
  readonly system: string;
  readonly text: string;
  readonly withinMs: number;
}

/** Asks a model something small beside a conversation: without tools, within a bounded time, and kept nowhere but in the figures of use. */
@Injectable()
export class Aside {
  constructor(
    private readonly models: ChatModels,
    private readonly limits: TurnLimits,
    private readonly clock: Clock,
  ) {}

  /** @throws what makes the configuration unusable, BudgetSpent, UpstreamFailed, and a TimeoutError after `withinMs`. */
  async ask(choices: ModelChoices, user: ModelUser, question: AsideQuestion): Promise<string> {
    const { owner, system, text, withinMs } = question;
    const signal = AbortSignal.timeout(withinMs);
    const usable = await this.models.resolve(choices, user);
    this.limits.requireBudget({ owner, llmConfigId: usable.configId });
    const model = await this.models.open(usable, user);
    const request = {
      messages: [{ role: 'system', content: system } as const, { role: 'user', content: text } as const],
    };
    const answer = new FoldedAnswer();
    try {
      for await (const deltas of model.stream(request, signal)) {
        answer.add(deltas);
        if (answer.text.length > MOST_CHARACTERS) break;
      }
    } finally {
      this.count(owner, answer.answeredBy ?? usable, request, answer);
    }
    return answer.text;
  }

  /** Who was cut off has spent as well: what the provider did not come to tell is estimated. */
  private count(owner: TurnClaim['owner'], model: UsableModel, request: ModelRequest, answer: FoldedAnswer): void {
    const { text, reasoning } = answer;
    const usage = answer.usage ?? (text || reasoning ? estimateUsage(request, text, reasoning) : null);
    if (usage === null) return;
    const { promptTokens, completionTokens } = usage;
    const cost = totalOf(model.pricing.priceOf(usage, this.clock.now()));
    this.limits.used({ owner, llmConfigId: model.configId, promptTokens, completionTokens, cost });
  }
}
