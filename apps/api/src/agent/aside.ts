import { Injectable } from '@nestjs/common';
import type { ModelUser } from '../llm-config/access/config-access.js';
import { ChatModels, type ModelChoices } from '../llm-config/chat-models.js';
import { FoldedAnswer } from '../llm-config/wire/folded-answer.js';

/** Whoever writes more than this was not asked for it. */
const MOST_CHARACTERS = 8_000;

/** Asks a model something small beside a conversation: without tools, within a bounded time, and kept nowhere. */
@Injectable()
export class Aside {
  constructor(private readonly models: ChatModels) {}

  /** @throws what makes the configuration unusable, UpstreamFailed, and a TimeoutError after `withinMs`. */
  async ask(
    choices: ModelChoices,
    user: ModelUser,
    { system, text, withinMs }: { system: string; text: string; withinMs: number },
  ): Promise<string> {
    const signal = AbortSignal.timeout(withinMs);
    const model = await this.models.open(await this.models.resolve(choices, user), user);
    const messages = [{ role: 'system', content: system } as const, { role: 'user', content: text } as const];
    const answer = new FoldedAnswer();
    for await (const deltas of model.stream({ messages }, signal)) {
      answer.add(deltas);
      if (answer.text.length > MOST_CHARACTERS) break;
    }
    return answer.text;
  }
}
