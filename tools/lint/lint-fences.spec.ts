import { spawnSync } from 'node:child_process';
import { jest } from '@jest/globals';

jest.setTimeout(120_000);

/** A line of code, the file it is put into, and the rule that must refuse it. */
type Breach = readonly [what: string, file: string, text: string, rule: string];

const IMPORTS = 'no-restricted-imports';
const PROJECTS = '@nx/enforce-module-boundaries';
const OVERVIEW = 'apps/api/src/overview/overview.service.ts';
const service = 'apps/api/src/llm-config/llm-config.service.ts';

const BREACHES: Breach[] = [
  ['llm-config looks up to agent', service, `import '../agent/agent-runner.js';`, IMPORTS],
  ['agent looks up to session', 'apps/api/src/agent/prompt.ts', `import '../session/chat-service.js';`, IMPORTS],
  ['session looks up to dify', 'apps/api/src/session/run.ts', `import '../dify/dify.module.js';`, IMPORTS],
  ['dify looks up to the overview', 'apps/api/src/dify/dify.module.ts', `import '../overview/x.js';`, IMPORTS],
  ['audit looks at the overview', 'apps/api/src/audit/audit.module.ts', `import '../overview/x.js';`, IMPORTS],
  ['the overview reaches into identity', OVERVIEW, `import '../identity/x.js';`, IMPORTS],
  ['the overview writes SQL', OVERVIEW, `import { In } from 'typeorm'; export const x = In;`, IMPORTS],
  ['a feature reaches into identity', 'apps/api/src/dify/dify.module.ts', `import '../identity/x.js';`, IMPORTS],
  ['the platform knows a feature', 'apps/api/src/platform/http/spa.ts', `import '../../session/run.js';`, IMPORTS],
  ['a service writes SQL', service, `import { In } from 'typeorm'; export const x = In;`, IMPORTS],
  ['a controller writes SQL', 'apps/api/src/session/run.controller.ts', `import 'pg';`, IMPORTS],
  ['a service uses LangChain', service, `import '@langchain/core/messages';`, IMPORTS],
  [
    'an entity knows the wire',
    'apps/api/src/session/run.entity.ts',
    `import { LlmConfigDto } from '@opsagent/contracts'; export const x = LlmConfigDto;`,
    IMPORTS,
  ],
  ['a service reads the environment', service, `export const x = process.env['HOME'];`, 'no-restricted-properties'],
  ['a service calls out', service, `export const x = fetch('http://x');`, 'no-restricted-globals'],
  ['a service brings a client', service, `import { request } from 'undici'; export const x = request;`, IMPORTS],
  ['a service opens requests', service, `import { request } from 'node:http'; export const x = request;`, IMPORTS],
  ['a service has all of http', service, `import * as web from 'node:https'; export const x = web;`, IMPORTS],
  ['a service opens sockets', service, `import { connect } from 'node:net'; export const x = connect;`, IMPORTS],
  ['a service opens TLS', service, `import { connect } from 'node:tls'; export const x = connect;`, IMPORTS],
  ['a service brings axios', service, `import axios from 'axios'; export const x = axios;`, IMPORTS],
  [
    'a service brings an OpenID Connect client',
    service,
    `import { None } from 'openid-client'; export const x = None;`,
    IMPORTS,
  ],
  ['a service loads a client later', service, `export const x = import('undici');`, 'no-restricted-syntax'],
  [
    'a tool loads a client of Kubernetes later',
    'apps/api/src/agent/tools/write-todos.ts',
    `export const x = import('@kubernetes/client-node');`,
    'no-restricted-syntax',
  ],
  ['a service loads http later', service, `export const x = import('node:http');`, 'no-restricted-syntax'],
  ['a service opens a web socket', service, `export const x = new WebSocket('ws://x');`, 'no-restricted-globals'],
  ['a service finds fetch', service, `export const x = globalThis.fetch('http://x');`, 'no-restricted-properties'],
  ['an adapter brings a client', 'apps/api/src/llm-config/embedder.adapter.ts', `import 'axios';`, IMPORTS],
  [
    'a tool opens sockets',
    'apps/api/src/agent/tools/write-todos.ts',
    `import net from 'net'; export const x = net;`,
    IMPORTS,
  ],
  ['the start calls out', 'apps/api/src/main.ts', `import { get } from 'node:https'; export const x = get;`, IMPORTS],
  ['the console uses Nest', 'apps/admin/src/app/app.ts', `import '@nestjs/common';`, PROJECTS],
  ['the console reads the api', 'apps/admin/src/app/app.ts', `import '../../../api/src/schema.js';`, PROJECTS],
  ['the contracts use Nest', 'libs/contracts/src/index.ts', `import '@nestjs/common';`, IMPORTS],
  ['the contracts use Node', 'libs/contracts/src/index.ts', `import 'node:fs';`, IMPORTS],
  [
    'the contracts read the console',
    'libs/contracts/src/index.ts',
    `import '../../../apps/admin/src/main.js';`,
    PROJECTS,
  ],
  [
    'the api reads a tool',
    'apps/api/src/main.ts',
    `import '../../../tools/provider-simulator/simulator.js';`,
    PROJECTS,
  ],
];

/** What looks alike and is right. */
const ALLOWED: readonly (readonly [what: string, file: string, text: string])[] = [
  ['dify uses session', 'apps/api/src/dify/dify.module.ts', `import '../session/chat-service.js';`],
  [
    'the overview reads the others',
    OVERVIEW,
    `import '../dify/x.js'; import '../session/y.js'; import '../audit/z.js';`,
  ],
  ['a feature uses the platform', service, `import '../platform/audit/audit-log.js';`],
  ['a repository writes SQL', 'apps/api/src/session/run.repository.ts', `import 'typeorm';`],
  ['the graph uses LangChain', 'apps/api/src/agent/graph/agent-loop.ts', `import '@langchain/langgraph';`],
  ['outbound uses undici', 'apps/api/src/platform/outbound/outbound.ts', `import 'undici';`],
  [
    'outbound opens sockets',
    'apps/api/src/platform/outbound/probe.ts',
    `import { connect } from 'node:net'; import { connect as tls } from 'node:tls'; export const x = [connect, tls];`,
  ],
  [
    'a service names what Node serves',
    service,
    `import { STATUS_CODES, type Server } from 'node:http'; import { isIP } from 'node:net'; export type X = Server; export const x = [STATUS_CODES, isIP];`,
  ],
  [
    'an adapter loads its client later',
    'apps/api/src/agent/tools/k8s/cluster.adapter.ts',
    `export const x = import('@kubernetes/client-node');`,
  ],
  ['main reads the environment', 'apps/api/src/main.ts', `export const x = process.env;`],
  ['the console uses the contracts', 'apps/admin/src/app/app.ts', `import '@opsagent/contracts';`],
];

describe('The fences between folders and projects', () => {
  let broken: Map<string, string[]>;

  beforeAll(() => {
    const texts = [...BREACHES, ...ALLOWED].map(([, file, text]) => ({ file, text }));
    const { stdout, stderr } = spawnSync(process.execPath, ['tools/lint/lint-texts.mjs'], {
      input: JSON.stringify(texts),
      encoding: 'utf8',
    });
    if (stdout === '') throw new Error(stderr);
    const rules = JSON.parse(stdout) as string[][];
    broken = new Map([...BREACHES, ...ALLOWED].map(([what], at) => [what, rules[at] ?? []]));
  });

  it.each(BREACHES)('refuse when %s', (what, _file, _text, rule) => {
    expect(broken.get(what)).toContain(rule);
  });

  it.each(ALLOWED)('let pass when %s', (what) => {
    const fences = [IMPORTS, PROJECTS, 'no-restricted-properties', 'no-restricted-globals', 'no-restricted-syntax'];
    expect(broken.get(what)?.filter((rule) => fences.includes(rule) || rule.includes('arsing'))).toEqual([]);
  });
});
