import { Component, computed, signal } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import { remember, remembered } from '../shared/data/remembered.js';
import { CopyButton } from '../shared/ui/copy-button.js';
import { Compatibility } from './ui/compatibility.js';
import { SNIPPET, type SnippetKind, snippetOf } from './snippets.js';

const LANGUAGE = 'oa.snippets.language';
const STREAMING = 'oa.snippets.streaming';

/** Programs to begin with, and what of Dify's API this server answers. */
@Component({
  selector: 'oa-dify-app-connect',
  imports: [Compatibility, CopyButton, TranslocoDirective],
  templateUrl: './dify-app-connect.html',
  styleUrl: './dify-app-connect.css',
})
export class DifyAppConnect {
  protected readonly address = `${location.origin}/v1`;
  protected readonly kinds = SNIPPET;
  protected readonly kind = signal<SnippetKind>(SNIPPET.find((kind) => kind === remembered(LANGUAGE)) ?? 'curl');
  protected readonly isStreaming = signal(remembered(STREAMING) === 'yes');
  protected readonly snippet = computed(() => snippetOf(this.kind(), this.address, this.isStreaming()));

  protected choose(kind: SnippetKind): void {
    this.kind.set(kind);
    remember(LANGUAGE, kind);
  }

  protected stream(isStreaming: boolean): void {
    this.isStreaming.set(isStreaming);
    remember(STREAMING, isStreaming ? 'yes' : null);
  }
}
