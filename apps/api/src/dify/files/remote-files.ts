import { Injectable } from '@nestjs/common';
import { Environment } from '../../platform/config/environment.js';
import { Outbound, type OutboundBody, type OutboundResponse } from '../../platform/outbound/outbound.js';
import type { FileOwner } from '../../session/files/file.repository.js';
import { Files } from '../../session/files/files.js';
import type { StoredFile } from '../../session/files/stored-file.entity.js';
import { DifyError, InvalidParam } from '../wire/dify-error.js';
import { extensionOf, kindOf, LARGEST, mimeTypeOf } from './file-kinds.js';
import { seenName } from './file-name.js';
import { atMost } from './upload.js';

const LONGEST_MS = 30_000;
const MOST_REDIRECTS = 3;
const LONGEST_NAME = 200;
const FORBIDDEN = /[/\\:*?"<>|]/g;

/** Fetches files that a question names by their address, through the one guarded way out. */
@Injectable()
export class RemoteFiles {
  constructor(
    private readonly outbound: Outbound,
    private readonly files: Files,
    private readonly environment: Environment,
  ) {}

  /** @throws InvalidParam when there is nothing to be had, DifyError when it is too large */
  async fetch(url: string, owner: FileOwner): Promise<StoredFile> {
    const { response, at } = await this.reach(url);
    const mimeType = mimeTypeOf(response.headers['content-type']);
    const name = nameAt(at);
    const extension = extensionOf(name, mimeType);
    const kind = kindOf(extension);
    const facts = { appId: owner.appId, name, extension, mimeType, kind, sourceUrl: url.replaceAll('\0', '') };
    try {
      if (Number(response.headers['content-length'] ?? 0) > LARGEST[kind]) throw tooLarge();
      const bytes = atMost(whole(response.body, url), LARGEST[kind], tooLarge);
      return await (await this.files.receive(facts, bytes)).keepFor(owner.endUserId);
    } finally {
      response.body.destroy();
    }
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
        totalMs: Math.min(LONGEST_MS, this.environment.OPSAGENT_TOTAL_MS),
        maxBytes: LARGEST.video,
      });
    } catch {
      throw notFetched(asked);
    }
  }
}

function tooLarge(): DifyError {
  return new DifyError(413, 'file_too_large', 'File size exceeded.');
}

/** The bytes of an answer; one that breaks is the client's affair, unlike a storage that does. */
async function* whole(body: OutboundBody, url: string): AsyncGenerator<Buffer> {
  try {
    yield* body;
  } catch {
    throw notFetched(url);
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
  return seenName(name.replaceAll(FORBIDDEN, '').slice(-LONGEST_NAME)) || 'file';
}
