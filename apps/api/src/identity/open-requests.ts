import { Injectable } from '@nestjs/common';
import type { Request } from 'express';

/** Whether the credential of a request still holds. */
type Check = () => Promise<boolean>;

/** What is being answered to each user: whose credential has ended gets no further word of an answer that is streamed. */
@Injectable()
export class OpenRequests {
  private readonly open = new Map<string, Map<Request, Check>>();

  /** Remembers a request until it is answered. */
  add(userId: string, request: Request, isGood: Check): void {
    const ofUser = this.open.get(userId) ?? new Map<Request, Check>();
    this.open.set(userId, ofUser.set(request, isGood));
    request.res?.once('close', () => {
      ofUser.delete(request);
      if (ofUser.size === 0 && this.open.get(userId) === ofUser) this.open.delete(userId);
    });
  }

  /** Credentials of this user, or of whoever it may be, have ended. */
  async check(userId?: string): Promise<void> {
    const users = userId === undefined ? [...this.open.values()] : [this.open.get(userId) ?? new Map<never, never>()];
    for (const ofUser of users) for (const [request, isGood] of ofUser) await this.cutUnless(isGood, request);
  }

  /** What has not begun is answered by the rules of its own: the request that ended the credential is among them. */
  private async cutUnless(isGood: Check, { res, socket }: Request): Promise<void> {
    if (!res?.headersSent || res.writableEnded) return;
    // Who cannot be proved any more is nobody.
    if (!(await isGood().catch(() => false))) socket.destroy();
  }
}
