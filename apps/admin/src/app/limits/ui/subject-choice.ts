import { Component, computed, inject, model, resource, signal } from '@angular/core';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import type { LimitKind } from '@opsagent/contracts';
import { LIMIT_KIND, ROLE } from '@opsagent/contracts/constants';
import { toProblem } from '../../shared/data/problem.js';
import { ProblemText } from '../../shared/data/problem-text.js';
import { Language } from '../../shared/i18n/language.js';
import type { ComboGroup } from '../../shared/ui/combobox/combo-option.js';
import { Combobox } from '../../shared/ui/combobox/combobox.js';
import { Control, Field } from '../../shared/ui/field.js';
import { LimitClient, type Subject } from '../limit-client.js';
import { EVERYONE, type SubjectKey } from '../limit-rows.js';

/** Whom new limits are for: a kind, and everyone of it or one by name. Of a role there is no "everyone". */
@Component({
  selector: 'oa-subject-choice',
  imports: [Combobox, Control, Field, TranslocoDirective],
  template: `
    <ng-container *transloco="let t">
      <oa-field [label]="t('limits.kindLabel')" [hint]="t('limits.kindHint.' + chosen().kind)">
        <select oaControl data-first [value]="chosen().kind" (change)="chooseKind($any($event.target).value)">
          @for (kind of kinds; track kind) {
            <option [value]="kind">{{ t('limits.kind.' + kind) }}</option>
          }
        </select>
      </oa-field>
      @if (chosen().kind === 'app_key') {
        <oa-field [label]="t('limits.appOfKey')" [hint]="t('limits.appOfKeyHint')">
          <oa-combobox
            [label]="t('limits.appOfKey')"
            [groups]="appOptions()"
            [value]="app()"
            (picked)="chooseApp($event)"
          />
        </oa-field>
      }
      <oa-field [label]="t('limits.subject')" [error]="failure()">
        <oa-combobox [label]="t('limits.subject')" [groups]="options()" [value]="value()" (picked)="choose($event)" />
      </oa-field>
    </ng-container>
  `,
  styles: `
    :host {
      display: flex;
      flex-direction: column;
      gap: var(--oa-space-5);
    }
  `,
})
export class SubjectChoice {
  private readonly client = inject(LimitClient);
  private readonly transloco = inject(TranslocoService);
  private readonly language = inject(Language);
  private readonly problemText = inject(ProblemText);
  readonly chosen = model.required<SubjectKey>();
  protected readonly kinds = LIMIT_KIND.values;
  protected readonly app = signal<string | null>(null);
  protected readonly value = computed(() => this.chosen().id ?? EVERYONE);
  private readonly apps = resource({
    params: () => (this.chosen().kind === 'app_key' ? true : undefined),
    loader: () => this.client.apps(),
  });
  private readonly subjects = resource({
    params: () => ({ kind: this.chosen().kind, app: this.app() }),
    loader: ({ params }) => this.read(params.kind, params.app),
  });
  protected readonly appOptions = computed(() => groupOf(this.apps.hasValue() ? this.apps.value() : []));
  protected readonly options = computed(() => {
    this.language.active();
    const { kind } = this.chosen();
    const subjects = this.subjects.hasValue() ? this.subjects.value() : [];
    if (kind === 'role') return groupOf(subjects.map(({ id }) => ({ id, name: this.text(`roles.${id}`) })));
    return groupOf([{ id: EVERYONE, name: this.text(`limits.everyone.${kind}`) }, ...subjects]);
  });
  protected readonly failure = computed(() => {
    this.language.active();
    const error = this.subjects.error() ?? this.apps.error();
    return error ? this.problemText.line(toProblem(error)) : '';
  });

  protected chooseKind(kind: LimitKind): void {
    this.chosen.set({ kind, id: kind === 'role' ? ROLE.values[0] : null });
  }

  protected chooseApp(app: string): void {
    this.app.set(app);
    this.choose(EVERYONE);
  }

  protected choose(id: string): void {
    this.chosen.update(({ kind }) => ({ kind, id: id === EVERYONE ? null : id }));
  }

  private read(kind: LimitKind, app: string | null): Promise<readonly Subject[]> {
    switch (kind) {
      case 'app':
        return this.client.apps();
      case 'app_key':
        return app === null ? Promise.resolve([]) : this.client.keys(app);
      case 'user':
        return this.client.users();
      case 'role':
        return Promise.resolve(ROLE.values.map((id) => ({ id, name: id })));
      case 'llm_config':
        return this.client.configs();
    }
  }

  private text(key: string): string {
    return this.transloco.translate(key);
  }
}

function groupOf(subjects: readonly Subject[]): readonly ComboGroup[] {
  return [{ heading: '', options: subjects.map(({ id, name }) => ({ value: id, label: name })) }];
}
