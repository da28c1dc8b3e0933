import { Body, Controller, Get, HttpCode, Post, Put, Query } from '@nestjs/common';
import {
  AcknowledgeApprovalDto,
  ApprovalDto,
  ApprovalListDto,
  ApprovalPolicyDto,
  ApprovalQueryDto,
  DecideApprovalDto,
} from '@opsagent/contracts';
import { Describe } from '../../platform/http/describe.js';
import { IdParam } from '../../platform/http/id-param.js';
import { ApprovalService } from './approval.service.js';

/** Tool calls that somebody has to allow. */
@Controller('api/approvals')
export class ApprovalController {
  constructor(private readonly approvals: ApprovalService) {}

  @Get()
  @Describe('List the requests for approval', {
    answers: { 200: ApprovalListDto },
    details: 'Approvers see all of them, others those that their own questions led to.',
  })
  list(@Query() query: ApprovalQueryDto): Promise<ApprovalListDto> {
    return this.approvals.list(query);
  }

  @Get(':id')
  @Describe('Read a request for approval', { answers: { 200: ApprovalDto }, problems: [404] })
  get(@IdParam() id: string): Promise<ApprovalDto> {
    return this.approvals.get(id);
  }

  @Post(':id/decision')
  @HttpCode(200)
  @Describe('Decide a request for approval, once', {
    answers: { 200: ApprovalDto },
    problems: [404, 409],
    details: 'Names the `arguments_hash` that was shown: where it is another by now, nothing is decided.',
  })
  decide(@IdParam() id: string, @Body() input: DecideApprovalDto): Promise<ApprovalDto> {
    return this.approvals.decide(id, input);
  }

  @Post(':id/acknowledge')
  @HttpCode(200)
  @Describe('Acknowledge an action whose outcome nobody knows', {
    answers: { 200: ApprovalDto },
    problems: [404, 409],
  })
  acknowledge(@IdParam() id: string, @Body() input: AcknowledgeApprovalDto): Promise<ApprovalDto> {
    return this.approvals.acknowledge(id, input);
  }
}

/** How approvals are given. */
@Controller('api/approval-policy')
export class ApprovalPolicyController {
  constructor(private readonly approvals: ApprovalService) {}

  @Get()
  @Describe('Read how approvals are given', { answers: { 200: ApprovalPolicyDto } })
  get(): Promise<ApprovalPolicyDto> {
    return this.approvals.readPolicy();
  }

  @Put()
  @Describe('Set how approvals are given', { answers: { 200: ApprovalPolicyDto } })
  set(@Body() input: ApprovalPolicyDto): Promise<ApprovalPolicyDto> {
    return this.approvals.setPolicy(input);
  }
}
