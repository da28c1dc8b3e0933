import { Component, computed, input, output } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import { CopyButton } from '../../../shared/ui/copy-button.js';
import { Icon } from '../../../shared/ui/icon/icon.js';
import { MarkdownView } from '../../../shared/ui/markdown/markdown-view.js';
import type { Exchange } from '../exchange.js';
import { objectsOf, textAt, textsOf } from '../wire-answer.js';
import { BlobView } from './blob-view.js';

/** What may follow an answer, and about what. */
export type FollowUp =
  | { readonly kind: 'ask'; readonly conversation: string; readonly query?: string }
  | { readonly kind: 'rate'; readonly message: string; readonly rating: 'like' | 'dislike' }
  | { readonly kind: 'suggest'; readonly message: string }
  | { readonly kind: 'history'; readonly conversation: string };

/** Errors of the wire with a word on what to do. */
const EXPLAINED = [
  'unauthorized',
  'forbidden',
  'invalid_param',
  'bad_request',
  'not_found',
  'app_unavailable',
  'not_workflow_app',
  'provider_not_initialize',
  'provider_quota_exceeded',
  'model_currently_not_support',
  'completion_request_error',
  'too_many_requests',
  'rate_limit_error',
  'unsupported_media_type',
  'file_too_large',
  'internal_server_error',
];

/** What a call comes to, as the person at a client would see it, with what a click can do next. */
@Component({
  selector: 'oa-answer-view',
  imports: [BlobView, CopyButton, Icon, MarkdownView, TranslocoDirective],
  templateUrl: './answer-view.html',
  styleUrl: './answer-view.css',
})
export class AnswerView {
  readonly exchange = input.required<Exchange>();
  /** The one that a suggested question goes on with: its message's own, which its call does not name. */
  readonly conversation = input('');
  readonly stopped = output();
  readonly followed = output<FollowUp>();

  protected readonly answer = computed(() => this.exchange().answer());
  protected readonly explained = computed(() => {
    const code = this.exchange().error()?.code ?? '';
    return EXPLAINED.includes(code) ? `apps.try.errors.${code}` : '';
  });
  /** Which list is worth more than its JSON. */
  protected readonly list = computed(() => {
    const { key } = this.exchange().operation;
    if (this.exchange().error()) return null;
    if (key === 'GET /messages/{}/suggested') return 'questions';
    if (key === 'GET /messages') return 'messages';
    return key === 'GET /conversations' ? 'conversations' : null;
  });
  protected readonly questions = computed(() => textsOf(this.exchange().body() ?? {}));
  protected readonly items = computed(() =>
    objectsOf(this.exchange().body() ?? {}).map((item) => ({
      id: textAt(item, 'id'),
      name: textAt(item, 'name'),
      query: textAt(item, 'query'),
      answer: textAt(item, 'answer'),
    })),
  );
  protected readonly plain = computed(() => {
    const [text, body] = [this.exchange().text(), this.exchange().body()];
    return body ? JSON.stringify(body, null, 2) : text;
  });
  protected ask(conversation: string, query?: string): void {
    this.followed.emit({ kind: 'ask', conversation, ...(query && { query }) });
  }
}
