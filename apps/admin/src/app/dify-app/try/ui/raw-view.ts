import { Component, computed, inject, input } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import { Formats } from '../../../shared/i18n/formats.js';
import { CopyButton } from '../../../shared/ui/copy-button.js';
import type { Exchange } from '../exchange.js';
import { EventList } from './event-list.js';

/** What really came over the wire: status, headers, and every event with its time. */
@Component({
  selector: 'oa-raw-view',
  imports: [CopyButton, EventList, TranslocoDirective],
  template: `
    <div class="oa-card" *transloco="let t">
      <header>
        <h2>{{ t('apps.try.raw') }}</h2>
        @if (exchange().events().length > 0) {
          <oa-copy-button [text]="raw()" />
        }
      </header>
      <p class="oa-caption request oa-mono">{{ exchange().request.method }} {{ exchange().request.url }}</p>
      @if (exchange().head(); as head) {
        <dl>
          <div>
            <dt>{{ t('common.status') }}</dt>
            <dd class="status" [class.refused]="head.status >= 400">{{ head.status }}</dd>
          </div>
          @if (exchange().isStream()) {
            <div>
              <dt>{{ t('apps.try.firstEvent') }}</dt>
              <dd>{{ first() }}</dd>
            </div>
            <div>
              <dt>{{ t('apps.try.events') }}</dt>
              <dd>{{ formats.number(exchange().events().length) }}</dd>
            </div>
          }
          <div>
            <dt>{{ t('apps.try.total') }}</dt>
            <dd>{{ total() }}</dd>
          </div>
        </dl>
        <details>
          <summary>{{ t('apps.try.headers', { count: head.headers.length }) }}</summary>
          <table class="oa-mono">
            <tbody>
              @for (header of head.headers; track header[0]) {
                <tr>
                  <th scope="row">{{ header[0] }}</th>
                  <td>{{ header[1] }}</td>
                </tr>
              }
            </tbody>
          </table>
        </details>
      }
      @if (exchange().isStream()) {
        <oa-event-list [events]="exchange().events()" [isOpen]="exchange().isRunning()" />
      } @else if (exchange().text()) {
        <pre tabindex="0" [attr.aria-label]="t('apps.try.raw')">{{ exchange().text() }}</pre>
      }
    </div>
  `,
  styleUrl: './raw-view.css',
})
export class RawView {
  protected readonly formats = inject(Formats);
  readonly exchange = input.required<Exchange>();
  protected readonly first = computed(() => this.time(this.exchange().events()[0]?.at));
  protected readonly total = computed(() => this.time(this.exchange().duration()));
  protected readonly raw = computed(() =>
    this.exchange()
      .events()
      .map(({ raw }) => `${raw}\n\n`)
      .join(''),
  );

  private time(ms: number | null | undefined): string {
    return ms == null ? '…' : this.formats.duration(ms);
  }
}
