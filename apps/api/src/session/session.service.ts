import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type {
  CreateSessionDto,
  AuditAction,
  MessageListDto,
  MessageQueryDto,
  SendMessageDto,
  SessionChannel,
  SessionDto,
  SessionListDto,
  SessionQueryDto,
  UpdateSessionDto,
} from '@opsagent/contracts';
import { ToolCatalogue } from '../agent/tools/tool-registry.js';
import { ChatModels } from '../llm-config/chat-models.js';
import { CurrentActor } from '../platform/actor/current-actor.js';
import { AuditLog } from '../platform/audit/audit-log.js';
import { Database } from '../platform/database/database.js';
import { InvalidInput } from '../platform/errors/domain-error.js';
import { ChatService } from './chat-service.js';
import { MessageFeedbackRepository } from './message-feedback.repository.js';
import { MessageRepository } from './message.repository.js';
import type { Run } from './run.js';
import { RunRepository } from './run.repository.js';
import type { Session } from './session.entity.js';
import { toMessageDto, toSessionDto } from './session.mapper.js';
import { type SessionChange, SessionRepository } from './session.repository.js';
import { sessionNameFrom } from './session-name.js';

/** The sessions of whoever is asking. */
@Injectable()
export class SessionService {
  constructor(
    private readonly sessions: SessionRepository,
    private readonly messages: MessageRepository,
    private readonly feedbacks: MessageFeedbackRepository,
    private readonly runRepository: RunRepository,
    private readonly chat: ChatService,
    private readonly models: ChatModels,
    private readonly tools: ToolCatalogue,
    private readonly actor: CurrentActor,
    private readonly audit: AuditLog,
    private readonly database: Database,
  ) {}

  /** Opens a session. @throws InvalidInput when the configuration is unknown or inactive: what the older system answers too. */
  async create(input: CreateSessionDto): Promise<SessionDto> {
    const { userId: ownerId, credential } = this.actor.user();
    const llmConfigId = input.llm_config_id ?? null;
    await this.checkConfig(llmConfigId);
    this.checkTools(input.tools);
    const channel: SessionChannel = credential === 'sign_in' ? 'console' : 'api';
    const session = await this.changing('session.create', async () => {
      const { user_id: userId = null, session_name: name } = input;
      return this.sessions.insert({
        ...{ id: randomUUID(), ownerId, userId, appId: null, endUserId: null, channel, llmConfigId, inputs: {} },
        ...{ name: name?.trim() ?? '', tools: input.tools ?? null, pinnedAt: null, archivedAt: null },
      });
    });
    return toSessionDto(session);
  }

  async list(query: SessionQueryDto): Promise<SessionListDto> {
    const { items, total } = await this.sessions.pageOf(this.owner(), query);
    const { search } = query;
    const ids = items.map(({ id }) => id);
    const live = await this.runRepository.liveIn(ids);
    const found = search
      ? await this.sessions.excerpts(idsFoundInside(items, search), search)
      : new Map<string, string>();
    return { items: items.map((session) => toSessionDto(session, live.get(session.id), found.get(session.id))), total };
  }

  /** @throws SessionNotFound */
  async get(id: string): Promise<SessionDto> {
    const session = await this.sessions.getOf(this.owner(), id);
    const live = await this.runRepository.liveIn([id]);
    return toSessionDto(session, live.get(id));
  }

  /** @throws SessionNotFound, InvalidInput */
  async update(id: string, input: UpdateSessionDto): Promise<SessionDto> {
    await this.sessions.getOf(this.owner(), id);
    await this.checkConfig(input.llm_config_id ?? null);
    this.checkTools(input.tools);
    await this.changing('session.update', async () => {
      const change = toChange(input);
      if (Object.keys(change).length > 0) await this.sessions.update(id, change, false);
      return this.sessions.getOf(this.owner(), id);
    });
    return this.get(id);
  }

  /** Deletes a session; what still answers in it is stopped. @throws SessionNotFound */
  async delete(id: string): Promise<void> {
    const session = await this.sessions.getOf(this.owner(), id);
    await this.changing('session.delete', async () => {
      await this.sessions.softDelete(id);
      return session;
    });
    await this.chat.stopAllIn(id);
  }

  /** Takes back a session deleted within the last 30 days. @throws SessionNotFound */
  async restore(id: string): Promise<SessionDto> {
    await this.changing('session.restore', () => this.sessions.restore(this.owner(), id));
    return this.get(id);
  }

  /** @throws SessionNotFound, MessageNotFound */
  async listMessages(id: string, query: MessageQueryDto): Promise<MessageListDto> {
    const owner = this.owner();
    await this.sessions.getOf(owner, id);
    const { items, total } = await this.messages.page(id, query);
    const opinions = await this.feedbacks.of(
      owner.userId,
      items.map(({ message }) => message.id),
    );
    return { items: items.map((item) => toMessageDto(item, opinions.get(item.message.id))), total };
  }

  /** Asks something. @throws SessionNotFound, InvalidInput for a parent of another session, and what makes the configuration unusable. */
  send(id: string, input: SendMessageDto): Promise<Run> {
    return this.chat.start({
      channel: 'console',
      owner: this.owner(),
      sessionId: id,
      newSession: { name: sessionNameFrom(input.query), userLabel: null, inputs: {} },
      query: input.query,
      parentId: input.parent_id,
      llmConfigId: input.llm_config_id ?? null,
      modelUser: this.actor.user(),
      systemPrompt: null,
      tools: 'all',
      dangerousCalls: 'ask',
      delivery: 'stream',
    });
  }

  private owner(): { userId: string } {
    return { userId: this.actor.user().userId };
  }

  private async checkConfig(id: string | null): Promise<void> {
    if (id === null) return;
    try {
      await this.models.resolve({ named: id }, this.actor.user());
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      throw new InvalidInput([{ field: 'llm_config_id', message: error.message }]);
    }
  }

  /** @throws InvalidInput naming what is no tool */
  private checkTools(names: readonly string[] | null | undefined): void {
    const known = new Set(this.tools.list().map(({ name }) => name));
    const unknown = (names ?? []).filter((name) => !known.has(name));
    if (unknown.length === 0) return;
    throw new InvalidInput(
      unknown.map((name) => ({ field: 'tools', message: `tools names "${name}", which is no tool` })),
    );
  }

  private changing(action: AuditAction, change: () => Promise<Session>): Promise<Session> {
    return this.database.transaction(async () => {
      const session = await change();
      await this.audit.record({ action, targetType: 'session', targetId: session.id, targetName: session.name });
      return session;
    });
  }
}

function toChange(input: UpdateSessionDto): SessionChange {
  const name = input.session_name?.trim();
  const { llm_config_id: llmConfigId, tools, pinned, archived } = input;
  return {
    ...(name ? { name } : {}),
    ...(llmConfigId === undefined ? {} : { llmConfigId }),
    ...(tools === undefined ? {} : { tools }),
    ...(pinned === undefined ? {} : { pinnedAt: pinned ? new Date() : null }),
    ...(archived === undefined ? {} : { archivedAt: archived ? new Date() : null }),
  };
}

/** A session whose own name says it needs no excerpt. */
function idsFoundInside(sessions: readonly Session[], search: string): string[] {
  const sought = search.toLowerCase();
  return sessions.filter(({ name }) => !name.toLowerCase().includes(sought)).map(({ id }) => id);
}
