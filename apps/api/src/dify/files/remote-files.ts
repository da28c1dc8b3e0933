import { Injectable } from '@nestjs/common';
import { Outbound, type OutboundResponse } from '../../platform/outbound/outbound.js';
import type { FileOwner } from '../../session/files/file.repository.js';
import { Files } from '../../session/files/files.js';
import type { StoredFile } from '../../session/files/stored-file.entity.js';
import { DifyError, InvalidParam } from '../wire/dify-error.js';
import { extensionOf, kindOf, LARGEST, mimeTypeOf } from './file-kinds.js';
import { atMost } from './upload.js';

const LONGEST_MS = 30_000;
const MOST_REDIRECTS = 3;
const LONGEST_NAME = 200;

/** Fetches files that a question names by their address, through the one guarded way out. */
@Injectable()
export class RemoteFiles {
  constructor(
    private readonly outbound: Outbound,
    private readonly files: Files,
  ) {}

  /** @throws InvalidParam when there is nothing to be had, DifyError when it is too large */
  async fetch(url: string, owner: FileOwner): Promise<StoredFile> {
    const { response, at } = await this.reach(url);
    const mimeType = mimeTypeOf(response.headers['content-type']);
    const name = nameAt(at);
    const extension = extensionOf(name, mimeType);
    const kind = kindOf(extension);
    const tooLarge = (): Error => new DifyError(413, 'file_too_large', 'File size exceeded.');
    const file = await this.files
      .receive(
        { appId: owner.appId, name, extension, mimeType, kind, sourceUrl: url },
        atMost(response.body, LARGEST[kind], tooLarge),
      )
      .catch((error: unknown) => {
        throw error instanceof DifyError ? error : notFetched(url);
      });
    return file.keepFor(owner.endUserId);
  }

  /** Every step is checked as the first: a redirect leads no further than an address of the client's would. */
  private async reach(url: string): Promise<{ response: OutboundResponse; at: URL }> {
    let at = URL.parse(url);
    for (let step = 0; at !== null && step <= MOST_REDIRECTS; step++) {
      const response = await this.ask(at, url);
      if (response.status === 200) return { response, at };
      response.body.destroy();
      const { location } = response.headers;
      at = response.status >= 300 && response.status < 400 && location ? URL.parse(location, at.href) : null;
    }
    throw notFetched(url);
  }

  private async ask(at: URL, asked: string): Promise<OutboundResponse> {
    try {
      return await this.outbound.request(at.href, {
        headers: { 'user-agent': 'OpsAgent', 'accept-encoding': 'identity' },
        totalMs: LONGEST_MS,
        maxBytes: LARGEST.video,
      });
    } catch {
      throw notFetched(asked);
    }
  }
}

/** Says nothing of why: a client must not find out what stands in the server's own network. */
function notFetched(url: string): InvalidParam {
  return new InvalidParam(`The file at ${url.slice(0, 200)} could not be fetched.`);
}

function nameAt({ pathname }: URL): string {
  const last = pathname.split('/').at(-1) ?? '';
  let name = last;
  try {
    name = decodeURIComponent(last);
  } catch {
    // Then it stays as it is written.
  }
  return name.replaceAll(/[\p{Cc}/\\:*?"<>|]/gu, '').slice(-LONGEST_NAME) || 'file';
}
