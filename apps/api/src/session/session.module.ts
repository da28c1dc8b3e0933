import { Module } from '@nestjs/common';
import { AgentModule } from '../agent/agent.module.js';
import { LlmConfigModule } from '../llm-config/llm-config.module.js';
import { AnswerFigures } from './answer-figures.repository.js';
import { ArtifactController } from './artifact.controller.js';
import { ArtifactService } from './artifact.service.js';
import { ChatService } from './chat-service.js';
import { Conversations } from './conversations.js';
import { EndUserFeedbacks } from './end-user-feedbacks.repository.js';
import { FileRepository } from './files/file.repository.js';
import { Files } from './files/files.js';
import { DocumentTexts } from './files/text/document-texts.js';
import { TurnFiles } from './files/turn-files.js';
import { MessageController } from './message.controller.js';
import { MessageFeedbackRepository } from './message-feedback.repository.js';
import { MessageRepository } from './message.repository.js';
import { RunController } from './run.controller.js';
import { RunEventStore } from './run-event-store.js';
import { RunEventWriter } from './run-event-writer.js';
import { RunFollower } from './run-follower.js';
import { RunKeeper } from './run-keeper.js';
import { RunRepository } from './run.repository.js';
import { RunResumer } from './run-resumer.js';
import { RunService } from './run.service.js';
import { Runs } from './runs.js';
import { RunsOfUsers } from './runs-of-users.js';
import { SessionController } from './session.controller.js';
import { SessionRepository } from './session.repository.js';
import { SessionService } from './session.service.js';
import { SessionsOfConfig } from './sessions-of-config.js';
import { TurnKeepings } from './turn-keeping.js';
import { TurnReader } from './turn-reader.js';
import { TurnWriter } from './turn-writer.js';

/** Conversations of every wire, and the one way an answer takes. */
@Module({
  imports: [LlmConfigModule, AgentModule],
  controllers: [SessionController, MessageController, RunController, ArtifactController],
  providers: [
    AnswerFigures,
    ArtifactService,
    ChatService,
    Conversations,
    DocumentTexts,
    EndUserFeedbacks,
    FileRepository,
    Files,
    MessageFeedbackRepository,
    MessageRepository,
    RunEventStore,
    RunEventWriter,
    RunFollower,
    RunKeeper,
    RunRepository,
    RunResumer,
    RunService,
    Runs,
    RunsOfUsers,
    SessionRepository,
    SessionService,
    SessionsOfConfig,
    TurnFiles,
    TurnKeepings,
    TurnReader,
    TurnWriter,
  ],
  exports: [AnswerFigures, ChatService, Conversations, EndUserFeedbacks, Files, SessionService, TurnFiles],
})
export class SessionModule {}
