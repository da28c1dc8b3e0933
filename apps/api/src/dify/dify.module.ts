import { type MiddlewareConsumer, Module, type NestModule } from '@nestjs/common';
import { AgentModule } from '../agent/agent.module.js';
import { LlmConfigModule } from '../llm-config/llm-config.module.js';
import { AppKeys } from '../platform/actor/authenticator.js';
import { SessionModule } from '../session/session.module.js';
import { AnnotationReplyController } from './annotation-reply.controller.js';
import { AnnotationReply } from './annotations/annotation-reply.js';
import { AnnotationReplyJobs } from './annotations/annotation-reply-jobs.js';
import { AppAnnotationController } from './annotations/app-annotation.controller.js';
import { AppAnnotations } from './annotations/app-annotations.service.js';
import { AnnotationRepository } from './annotations/annotation.repository.js';
import { AnnotationService } from './annotations/annotation.service.js';
import { AnnotationVectors } from './annotations/annotation-vectors.js';
import { KnownAnnotations } from './annotations/known-annotations.js';
import { AnnotationsController } from './annotations.controller.js';
import { AppDescriptionController } from './app-description.controller.js';
import { AppController } from './apps/app.controller.js';
import { AppFeedbackController } from './apps/app-feedback.controller.js';
import { AppFeedbacks } from './apps/app-feedbacks.service.js';
import { AppKeyAdapter } from './apps/app-key.adapter.js';
import { AppKeyController } from './apps/app-key.controller.js';
import { AppKeyService } from './apps/app-key.service.js';
import { AppRepository } from './apps/app.repository.js';
import { AppRules } from './apps/app-rules.js';
import { AppService } from './apps/app.service.js';
import { AppsOfLimits } from './apps/apps-of-limits.js';
import { AppsOfConfig } from './apps/apps-of-config.js';
import { FirstApp } from './apps/first-app.js';
import { KnownApps } from './apps/known-apps.js';
import { AppVoice } from './audio/app-voice.js';
import { PlayedAnswers } from './audio/played-answers.js';
import { AudioController } from './audio.controller.js';
import { ChatMessagesController } from './chat-messages.controller.js';
import { ConversationsController } from './conversations.controller.js';
import { EndUsersController } from './end-users.controller.js';
import { EndUsers } from './end-users/end-users.js';
import { FeedbacksController } from './feedbacks.controller.js';
import { FileAddresses } from './files/file-addresses.js';
import { FilesController } from './files/files.controller.js';
import { QuestionFiles } from './files/question-files.js';
import { RemoteFiles } from './files/remote-files.js';
import { MessagesController } from './messages.controller.js';
import { Namer } from './naming/namer.js';
import { OtherModesController } from './other-modes.controller.js';
import { VariablesController } from './variables.controller.js';
import { RetentionKeeper } from './retention/retention-keeper.js';
import { Suggester } from './suggestions/suggester.js';
import { DifyGround } from './wire/dify-ground.middleware.js';

/** Dify's wire over the one chat path, and the apps it is for. */
@Module({
  imports: [AgentModule, LlmConfigModule, SessionModule],
  controllers: [
    AppController,
    AppKeyController,
    AppAnnotationController,
    AppFeedbackController,
    AppDescriptionController,
    AudioController,
    ChatMessagesController,
    ConversationsController,
    EndUsersController,
    FeedbacksController,
    FilesController,
    MessagesController,
    OtherModesController,
    VariablesController,
    AnnotationsController,
    AnnotationReplyController,
  ],
  providers: [
    { provide: AppKeys, useClass: AppKeyAdapter },
    AnnotationReply,
    AnnotationReplyJobs,
    AnnotationRepository,
    AnnotationService,
    AnnotationVectors,
    AppAnnotations,
    AppFeedbacks,
    AppKeyService,
    AppRepository,
    AppRules,
    AppService,
    AppsOfConfig,
    AppsOfLimits,
    AppVoice,
    EndUsers,
    FileAddresses,
    FirstApp,
    KnownAnnotations,
    KnownApps,
    Namer,
    PlayedAnswers,
    Suggester,
    QuestionFiles,
    RemoteFiles,
    RetentionKeeper,
  ],
  exports: [AppKeyService],
})
export class DifyModule implements NestModule {
  configure(consumer: MiddlewareConsumer): void {
    consumer.apply(DifyGround).forRoutes('v1');
  }
}
