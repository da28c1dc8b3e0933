import { Component, computed, inject, linkedSignal, signal, viewChild } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { TranslocoPipe } from '@jsverse/transloco';
import { CurrentUser } from '../shared/data/current-user.js';
import { type Problem, toProblem } from '../shared/data/problem.js';
import { remember, remembered } from '../shared/data/remembered.js';
import { Control, Field } from '../shared/ui/field.js';
import { State } from '../shared/ui/state.js';
import { FirstQuestion } from '../shared/data/first-question.js';
import { LimitWait } from './limit-wait.js';
import { ModelChoices } from './model-choices.js';
import { SessionClient } from './session-client.js';
import { SessionList } from './session-list.js';
import { Composer } from './ui/composer.js';
import { FaultCard } from './ui/fault-card.js';
import { ModeChoice } from './ui/mode-choice.js';
import { ModelSelect } from './ui/model-select.js';
import { Icon } from '../shared/ui/icon/icon.js';

const LAST_MODEL = 'oa.model';
const LAST_TOOLS = 'oa.tools';
const EXAMPLES = ['example1', 'example2', 'example3'];

/** A new session: its model, a name if wanted, and the first question. */
@Component({
  selector: 'oa-start-page',
  imports: [RouterLink, TranslocoPipe, Icon, Control, Field, State, Composer, FaultCard, ModeChoice, ModelSelect],
  templateUrl: './start-page.html',
  styleUrl: './start-page.css',
})
export class StartPage {
  private readonly router = inject(Router);
  private readonly client = inject(SessionClient);
  private readonly list = inject(SessionList);
  private readonly firstQuestion = inject(FirstQuestion);
  private readonly composer = viewChild(Composer);
  protected readonly models = inject(ModelChoices);
  protected readonly mayAsk = inject(CurrentUser).can('operator');
  protected readonly examples = EXAMPLES;

  /** The last choice; without one the default, without that the first that can be used. */
  protected readonly modelId = linkedSignal(() => {
    const last = this.models.byId(remembered(LAST_MODEL) ?? '');
    if (last?.is_active) return last.id;
    const first = this.models.default() ?? this.models.configs()?.find((config) => config.is_active);
    return first?.id ?? null;
  });
  protected readonly isUsable = computed(() => this.models.isUsable(this.modelId()));
  /** The last choice; all tools without one. */
  protected readonly tools = signal(lastTools());
  protected readonly name = signal('');
  protected readonly isOpening = signal(false);
  protected readonly problem = signal<Problem | null>(null);
  protected readonly wait = new LimitWait(this.problem);

  protected choose(configId: string | null): void {
    this.modelId.set(configId);
    remember(LAST_MODEL, configId);
  }

  protected chooseTools(tools: readonly string[] | null): void {
    this.tools.set(tools);
    remember(LAST_TOOLS, tools === null ? null : JSON.stringify(tools));
  }

  protected useExample(text: string): void {
    this.composer()?.write(text);
  }

  protected async open(query: string): Promise<void> {
    this.isOpening.set(true);
    this.problem.set(null);
    try {
      const session_name = this.name().trim() || null;
      const session = await this.client.create({
        llm_config_id: this.modelId(),
        session_name,
        tools: this.chosenTools(),
      });
      this.firstQuestion.put(session.session_id, query);
      void this.list.load();
      await this.router.navigate(['/sessions', session.session_id], { replaceUrl: true });
    } catch (error) {
      this.problem.set(toProblem(error));
      this.isOpening.set(false);
      this.composer()?.write(query);
    }
  }

  private chosenTools(): string[] | null {
    const tools = this.tools();
    return tools && [...tools];
  }
}

function lastTools(): readonly string[] | null {
  try {
    const kept: unknown = JSON.parse(remembered(LAST_TOOLS) ?? 'null');
    return Array.isArray(kept) && kept.every((name) => typeof name === 'string') ? kept : null;
  } catch (cause) {
    if (cause instanceof SyntaxError) return null;
    throw cause;
  }
}
