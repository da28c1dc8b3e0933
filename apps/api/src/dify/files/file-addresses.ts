import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { Clock } from '../../platform/clock/clock.js';
import { Environment } from '../../platform/config/environment.js';
import type { FileInMessage } from '../../session/files/file.repository.js';
import { Files } from '../../session/files/files.js';
import type { StoredFile } from '../../session/files/stored-file.entity.js';

/** As long as an image may stand in a page that is not asked for anew. */
const VALID_S = 60 * 60;

/** What a signed address carries beside the file's id. */
export interface Signature {
  readonly timestamp: string;
  readonly nonce: string;
  readonly sign: string;
}

/** Addresses that show one file for a while without a key, as an `<img>` needs them. */
@Injectable()
export class FileAddresses {
  constructor(
    private readonly files: Files,
    private readonly clock: Clock,
    private readonly environment: Environment,
  ) {}

  /** Of a file that was fetched, where it came from. */
  of(file: FileInMessage, request: Request): string {
    if (file.transferMethod === 'remote_url' && file.sourceUrl !== null) return file.sourceUrl;
    const timestamp = String(this.nowS());
    const nonce = randomBytes(16).toString('hex');
    const sign = signOf({ id: file.fileId, secret: file.secret }, timestamp, nonce);
    const origin = this.environment.OPSAGENT_PUBLIC_URL ?? `${request.protocol}://${request.get('host') ?? ''}`;
    const query = new URLSearchParams({ timestamp, nonce, sign }).toString();
    return new URL(`/v1/files/${file.fileId}/file-preview?${query}`, origin).href;
  }

  /** The file that such an address shows; null when it shows none, or no more. */
  async fileAt(id: string, { timestamp, nonce, sign }: Signature): Promise<StoredFile | null> {
    const ageS = this.nowS() - Number(timestamp);
    if (!(ageS >= 0 && ageS <= VALID_S)) return null;
    const file = await this.files.inUse(id);
    if (!file) return null;
    const [told, right] = [Buffer.from(sign), Buffer.from(signOf(file, timestamp, nonce))];
    return told.length === right.length && timingSafeEqual(told, right) ? file : null;
  }

  private nowS(): number {
    return Math.floor(this.clock.now().getTime() / 1000);
  }
}

function signOf({ id, secret }: Pick<StoredFile, 'id' | 'secret'>, timestamp: string, nonce: string): string {
  return createHmac('sha256', Buffer.from(secret, 'hex'))
    .update(`file-preview|${id}|${timestamp}|${nonce}`)
    .digest('base64url');
}
