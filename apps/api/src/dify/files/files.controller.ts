import { pipeline } from 'node:stream/promises';
import { Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Files } from '../../session/files/files.js';
import type { StoredFile } from '../../session/files/stored-file.entity.js';
import type { App } from '../apps/app.entity.js';
import { EndUsers } from '../end-users/end-users.js';
import { DescribeDify, DifyController } from '../wire/dify-controller.js';
import { DifyError } from '../wire/dify-error.js';
import { optionalUser, queryText, queryUser } from '../wire/read.js';
import { CalledApp, PathId } from '../wire/request.js';
import {
  DifyPreviewQuery,
  DifySignedQuery,
  DifyUploadedFile,
  DifyUploadForm,
  toUploadedFile,
} from '../wire/uploaded-file.js';
import { FileAddresses } from './file-addresses.js';
import { receiveUpload } from './upload.js';

const notFound = (): DifyError => new DifyError(404, 'file_not_found', 'The requested file was not found.');

/** What browsers may show inside a page; everything else they download. */
const SHOWN = /^(image\/(png|jpe?g|gif|webp|svg\+xml)|audio\/[\w.+-]+|video\/[\w.+-]+|application\/pdf|text\/plain)$/;

/** RFC 8187 leaves fewer characters bare than JavaScript does. */
function encoded(name: string): string {
  return encodeURIComponent(name).replaceAll(/['()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** Files that end users send with their questions. */
@DifyController('v1/files')
export class FilesController {
  constructor(
    private readonly files: Files,
    private readonly endUsers: EndUsers,
    private readonly addresses: FileAddresses,
  ) {}

  @Post('upload')
  @HttpCode(201)
  @DescribeDify('Upload a file', {
    operationId: 'files_upload',
    details: 'A form (`multipart/form-data`) with one `file` and, in any order, its `user`.',
    body: DifyUploadForm,
    answers: { 201: DifyUploadedFile },
    problems: [400, 413],
  })
  async upload(@CalledApp() app: App, @Req() request: Request): Promise<DifyUploadedFile> {
    const { file, user } = await receiveUpload(request, app.id, this.files);
    try {
      const { endUserId } = this.endUsers.ownerOf(app.id, optionalUser(user));
      return toUploadedFile(await file.keepFor(endUserId));
    } catch (error) {
      await file.drop();
      throw error;
    }
  }

  @Get(':file_id/preview')
  @DescribeDify('Get a file of a message', {
    operationId: 'files_preview',
    query: DifyPreviewQuery,
    answers: { 200: { contents: { 'application/octet-stream': 'text' } } },
    problems: [404],
  })
  async preview(
    @CalledApp() app: App,
    @PathId('file_id') id: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const user = queryUser(request);
    const { appId, endUserId } = this.endUsers.ownerOf(app.id, user);
    // Dify's own Python client names nobody here: its key of the app is enough.
    const file = await this.files.inUse(id, user === null ? { appId } : { appId, endUserId });
    if (!file) throw notFound();
    await this.send(file, response, /^(true|1)$/i.test(queryText(request, 'as_attachment') ?? ''));
  }

  /** Its signature is its key: an `<img>` sends no header. */
  @Get(':file_id/file-preview')
  @DescribeDify('Get a file by a signed address', {
    operationId: 'files_signed_preview',
    query: DifySignedQuery,
    answers: { 200: { contents: { 'application/octet-stream': 'text' } } },
    problems: [404],
  })
  async signedPreview(
    @PathId('file_id') id: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const [timestamp = '', nonce = '', sign = ''] = ['timestamp', 'nonce', 'sign'].map((name) =>
      queryText(request, name),
    );
    const file = await this.addresses.fileAt(id, { timestamp, nonce, sign });
    if (!file) throw notFound();
    await this.send(file, response, false);
  }

  /** Whatever a client called its file, no script in it runs under our name. */
  private async send(file: StoredFile, response: Response, asAttachment: boolean): Promise<void> {
    const isDownloaded = asAttachment || !SHOWN.test(file.mimeType);
    response.writeHead(200, {
      'Content-Type': isDownloaded ? 'application/octet-stream' : file.mimeType,
      'Content-Length': file.size ?? 0,
      'Cache-Control': 'public, max-age=3600',
      'X-Content-Type-Options': 'nosniff',
      'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
      ...(isDownloaded ? { 'Content-Disposition': `attachment; filename*=UTF-8''${encoded(file.name)}` } : {}),
    });
    // Whoever goes before the end does not get the rest.
    await pipeline(this.files.open(file), response).catch(() => response.destroy());
  }
}
