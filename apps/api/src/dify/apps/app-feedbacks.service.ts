import { Injectable } from '@nestjs/common';
import type { AppFeedbackDto, AppFeedbackListDto, AppQueryDto } from '@opsagent/contracts';
import { EndUserFeedbacks, type GivenFeedback } from '../../session/end-user-feedbacks.repository.js';
import { AppRepository } from './app.repository.js';

/** What people thought of the answers of an app, for those who look after it. */
@Injectable()
export class AppFeedbacks {
  constructor(
    private readonly apps: AppRepository,
    private readonly feedbacks: EndUserFeedbacks,
  ) {}

  /** @throws AppNotFound */
  async list(appId: string, part: AppQueryDto): Promise<AppFeedbackListDto> {
    await this.apps.getById(appId);
    const [given, total] = await Promise.all([this.feedbacks.ofApp(appId, part), this.feedbacks.countOfApp(appId)]);
    return { items: given.map(toDto), total };
  }
}

function toDto({ id, sessionId, messageId, query, answer, rating, content, createdAt }: GivenFeedback): AppFeedbackDto {
  return {
    ...{ id, query, answer, rating },
    conversation_id: sessionId,
    message_id: messageId,
    comment: content,
    created_at: createdAt.toISOString(),
  };
}
