import { Get } from '@nestjs/common';
import { ToolRegistry } from '../agent/tools/tool-registry.js';
import type { App } from './apps/app.entity.js';
import {
  DifyInfo,
  DifyMeta,
  DifyParameters,
  DifySite,
  DifyWelcome,
  infoOf,
  parametersOf,
  siteOf,
} from './wire/app-description.js';
import { DescribeDify, DifyController } from './wire/dify-controller.js';
import { DIFY_VERSION } from './wire/dify-version.js';
import { CalledApp } from './wire/request.js';

const TOOL_ICON = { background: '#D5F5F6', content: '🔧' };

/** What an app is and offers. */
@DifyController('v1')
export class AppDescriptionController {
  constructor(private readonly tools: ToolRegistry) {}

  @Get()
  @DescribeDify('Find out whether this is a Dify server', {
    operationId: 'app_welcome',
    answers: { 200: DifyWelcome },
    problems: [500],
  })
  welcome(): DifyWelcome {
    return { welcome: 'Dify OpenAPI', api_version: 'v1', server_version: DIFY_VERSION };
  }

  @Get('parameters')
  @DescribeDify('Get what the app offers', { operationId: 'app_parameters', answers: { 200: DifyParameters } })
  parameters(@CalledApp() app: App): DifyParameters {
    return parametersOf(app);
  }

  @Get('info')
  @DescribeDify('Get what the app is', { operationId: 'app_info', answers: { 200: DifyInfo } })
  info(@CalledApp() app: App): DifyInfo {
    return infoOf(app);
  }

  @Get('meta')
  @DescribeDify("Get the icons of the app's tools", { operationId: 'app_meta', answers: { 200: DifyMeta } })
  meta(@CalledApp() { mode, tools }: App): DifyMeta {
    const offered = this.tools.offered(mode === 'chat' ? [] : tools).specs;
    return { tool_icons: Object.fromEntries(offered.map(({ name }) => [name, TOOL_ICON])) };
  }

  @Get('site')
  @DescribeDify("Get how the app's page looks", { operationId: 'app_site', answers: { 200: DifySite } })
  site(@CalledApp() app: App): DifySite {
    return siteOf(app);
  }
}
