import { Get, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import { DifyResult } from './wire/chat-events.js';
import { DifyUserRequest } from './wire/chat-request.js';
import { DescribeDify, DifyController } from './wire/dify-controller.js';
import { DifyError, DifyNotFound } from './wire/dify-error.js';
import { type JsonObject, queryText, requiredUser } from './wire/read.js';
import { JsonBodyOf } from './wire/request.js';

/** What these routes answer where they work, which is on apps of modes that are not offered. */
const WITH_BODY = { body: DifyUserRequest, answers: { 200: DifyResult }, problems: [400, 415] };
const READING = { answers: { 200: DifyResult }, problems: [400] };

/** Routes of apps for completion and workflows: clients probe them and expect a chat app's refusal. */
@DifyController('v1')
export class OtherModesController {
  @Post('completion-messages')
  @DescribeDify('Complete a text: refused by chat apps', { operationId: 'completion_send', ...WITH_BODY })
  complete(@JsonBodyOf() body: JsonObject): never {
    return refuseCompletion(body);
  }

  @Post('completion-messages/:task_id/stop')
  @DescribeDify('Stop a completion: refused by chat apps', { operationId: 'completion_stop', ...WITH_BODY })
  stopCompletion(@JsonBodyOf() body: JsonObject): never {
    return refuseCompletion(body);
  }

  @Post('workflows/run')
  @DescribeDify('Run a workflow: refused by chat apps', { operationId: 'workflows_run', ...WITH_BODY })
  run(@JsonBodyOf() body: JsonObject): never {
    return refuseWorkflowTo(body['user']);
  }

  @Post('workflows/:workflow_id/run')
  @DescribeDify('Run a version of a workflow: refused by chat apps', {
    operationId: 'workflows_run_version',
    ...WITH_BODY,
  })
  runVersion(@JsonBodyOf() body: JsonObject): never {
    return refuseWorkflowTo(body['user']);
  }

  @Post('workflows/tasks/:task_id/stop')
  @DescribeDify('Stop a workflow: refused by chat apps', { operationId: 'workflows_stop', ...WITH_BODY })
  stopWorkflow(@JsonBodyOf() body: JsonObject): never {
    return refuseWorkflowTo(body['user']);
  }

  @Get('workflows/run/:workflow_run_id')
  @DescribeDify('Get a run of a workflow: refused by chat apps', { operationId: 'workflows_get_run', ...READING })
  runOf(): never {
    return refuseWorkflow();
  }

  @Get('workflows/logs')
  @DescribeDify('List runs of workflows: refused by chat apps', { operationId: 'workflows_logs', ...READING })
  logs(): never {
    return refuseWorkflow();
  }

  @Get('workflow/:workflow_run_id/events')
  @DescribeDify('Follow a run of a workflow: refused by chat apps', { operationId: 'workflows_events', ...READING })
  events(@Req() request: Request): never {
    return refuseWorkflowTo(queryText(request, 'user'));
  }

  @Get('form/human_input/:form_token')
  @DescribeDify('Get a form of a workflow: chat apps have none', {
    operationId: 'forms_get',
    ...{ answers: READING.answers, problems: [404] },
  })
  form(): never {
    return refuseForm();
  }

  @Post('form/human_input/:form_token')
  @DescribeDify('Send a form of a workflow: chat apps have none', {
    operationId: 'forms_send',
    ...{ answers: READING.answers, problems: [404] },
  })
  sendForm(): never {
    return refuseForm();
  }
}

function refuseCompletion(body: JsonObject): never {
  requiredUser(body['user']);
  throw new DifyError(400, 'app_unavailable', 'App unavailable, please check your app configurations.');
}

function refuseWorkflowTo(user: unknown): never {
  requiredUser(user);
  return refuseWorkflow();
}

function refuseWorkflow(): never {
  throw new DifyError(400, 'not_workflow_app', 'Please check if your app mode matches the right API route.');
}

function refuseForm(): never {
  throw new DifyNotFound('Form not found');
}
