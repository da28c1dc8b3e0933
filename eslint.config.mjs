import js from '@eslint/js';
import nx from '@nx/eslint-plugin';
import angular from 'angular-eslint';
import prettier from 'eslint-config-prettier';
import tseslint from 'typescript-eslint';

const USE_OUTBOUND = 'Only platform/outbound may reach out; use Outbound.';

/** What of Node's own modules opens a connection; the rest of them serves and names types. */
const TRANSPORTS = Object.entries({
  http: ['request', 'get', 'Agent', 'default'],
  https: ['request', 'get', 'Agent', 'default'],
  http2: ['connect', 'default'],
  net: ['connect', 'createConnection', 'default'],
  tls: ['connect', 'default'],
}).flatMap(([module, importNames]) =>
  [module, `node:${module}`].map((name) => ({ name, importNames, message: USE_OUTBOUND, allowTypeImports: true })),
);
const CLIENTS =
  'undici|axios|node-fetch|got|ky|superagent|needle|request|cross-fetch|ofetch|follow-redirects|ws|eventsource|@nestjs/axios';

/** Forbids imports; `reason` is what whoever breaks the fence reads. */
const fence = (paths, patterns) => ({
  'no-restricted-imports': [
    'error',
    {
      paths,
      patterns: patterns.map(([regex, message, allowTypeImports = false]) => ({ regex, message, allowTypeImports })),
    },
  ],
});
const never = (...patterns) => fence(TRANSPORTS, patterns);
const PLATFORM_ONLY = [`^(${CLIENTS})(/|$)`, USE_OUTBOUND, true];
const NO_TYPEORM = ['^typeorm(/|$)|^pg$|^mysql2(/|$)', 'SQL belongs into a repository.'];
const NO_LANGCHAIN = ['^@langchain/', 'LangChain stays in adapters, agent/graph and llm-config/langchain.'];
const NO_MCP = ['^@modelcontextprotocol/', 'Only its adapters speak the Model Context Protocol.', true];
const NO_OPENID = ['^(openid-client|oauth4webapi|jose)$', 'Only its adapter uses the OpenID Connect client.', true];
const NO_SSH = ['^ssh2$', 'Only its adapter speaks SSH.', true];
const NO_KUBERNETES = ['^@kubernetes/', 'Only its adapter speaks to Kubernetes.', true];
const NO_DTO = ['^@opsagent/contracts$', 'Tables do not know the wire; take a plain union as a type.', true];

/** What the fence for imports does not see: modules that are loaded later. */
const later = (names, message) => ({
  selector: `ImportExpression[source.value=/^(${names.replaceAll('/', '\\/')})$/]`,
  message,
});
const LATER_CLIENTS = later(`${CLIENTS}|(node:)?(http2?|https|net|tls)`, USE_OUTBOUND);
const LATER_KUBERNETES = later('@kubernetes/client-node', NO_KUBERNETES[1]);

const above = {
  platform: 'llm-config|agent|session|dify|overview|about|identity|audit|limits',
  'llm-config': 'agent|session|dify|overview|about|identity|audit|limits',
  agent: 'session|dify|overview|about|identity|audit|limits',
  session: 'dify|overview|about|identity|audit|limits',
  dify: 'overview|about|identity|audit|limits',
  // Only reads, from every feature with something to tell.
  overview: 'about|identity',
  about: 'llm-config|agent|dify|overview|identity|audit|limits',
  identity: 'llm-config|agent|session|dify|overview|about|audit|limits',
  audit: 'llm-config|agent|session|dify|overview|about|identity|limits',
  limits: 'llm-config|agent|session|dify|overview|about|identity|audit',
};

const apiFences = Object.entries(above).map(([folder, names]) => {
  // The platform has folders of such names itself, one level further down.
  const up = folder === 'platform' ? '{2,}' : '+';
  return [`^(\\.\\./)${up}(${names})/`, `${folder}/ does not know what is above or beside it (${names}).`];
});
const fenceOf = (folder) => apiFences[Object.keys(above).indexOf(folder)];
const inFeature = (folder) => [fenceOf(folder), PLATFORM_ONLY];
const isFeature = (folder) => `apps/api/src/${folder}`;

/** One block per kind of file in every feature; the last matching block counts whole, so each repeats what holds for its folder. */
const fences = Object.keys(above).flatMap((folder) => [
  {
    files: [`${isFeature(folder)}/**/*.ts`],
    rules: never(
      ...inFeature(folder),
      NO_OPENID,
      NO_SSH,
      NO_KUBERNETES,
      NO_MCP,
      ...(folder === 'platform' ? [] : [NO_LANGCHAIN, NO_TYPEORM]),
    ),
  },
  {
    files: [`${isFeature(folder)}/**/*.{repository,entity}.ts`],
    rules: never(...inFeature(folder), NO_LANGCHAIN, NO_DTO),
  },
  { files: [`${isFeature(folder)}/**/*.adapter.ts`], rules: never(...inFeature(folder), NO_TYPEORM) },
]);

export default tseslint.config(
  {
    ignores: [
      '**/dist',
      '**/.nx',
      '**/.angular',
      '**/.data',
      '**/coverage',
      '**/node_modules',
      '**/test-results',
      '**/playwright-report',
    ],
  },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    },
  },
  {
    files: ['**/*.mjs'],
    languageOptions: {
      globals: {
        console: 'readonly',
        process: 'readonly',
        setTimeout: 'readonly',
        setInterval: 'readonly',
        clearInterval: 'readonly',
        globalThis: 'readonly',
        URL: 'readonly',
      },
    },
  },
  {
    files: ['**/*.spec.ts', '**/*.db-spec.ts', '**/*.e2e-spec.ts', '**/test/**/*.ts', '**/e2e/**/*.ts'],
    rules: {
      // An answer over HTTP is whatever it is; a test looks at it as it comes.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
    },
  },
  {
    files: ['**/*.ts'],
    plugins: { '@nx': nx },
    rules: {
      '@nx/enforce-module-boundaries': [
        'error',
        {
          enforceBuildableLibDependency: false,
          allow: [],
          depConstraints: [
            { sourceTag: 'scope:api', onlyDependOnLibsWithTags: ['scope:contracts'] },
            {
              sourceTag: 'scope:admin',
              onlyDependOnLibsWithTags: ['scope:contracts'],
              bannedExternalImports: ['@nestjs/*', 'typeorm', 'pg', '@langchain/*'],
            },
            {
              sourceTag: 'scope:contracts',
              onlyDependOnLibsWithTags: ['scope:contracts'],
              bannedExternalImports: ['@nestjs/*', '@angular/*', 'typeorm', 'pg', '@langchain/*'],
            },
            { sourceTag: 'scope:tools', onlyDependOnLibsWithTags: ['scope:contracts'] },
          ],
        },
      ],
    },
  },
  {
    // Whole-server tests let the provider simulator play the providers.
    files: [
      'apps/api/test/**/*.ts',
      'apps/api/src/**/*.{db-spec,spec}.ts',
      'apps/admin/e2e/**/*.ts',
      'tools/**/*.ts',
      '**/jest.config.ts',
    ],
    rules: { '@nx/enforce-module-boundaries': 'off' },
  },
  { files: ['apps/api/src/*.ts'], rules: never(PLATFORM_ONLY) },
  ...fences,
  { files: ['apps/api/src/platform/database/**/*.ts'], rules: never(fenceOf('platform'), PLATFORM_ONLY) },
  { files: ['apps/api/src/platform/outbound/**/*.ts'], rules: fence([], [fenceOf('platform')]) },
  {
    // The drivers of the databases that tools ask.
    files: ['apps/api/src/agent/sources/databases/{postgres,mysql}-*.ts'],
    rules: never(...inFeature('agent'), NO_LANGCHAIN),
  },
  { files: ['apps/api/src/agent/graph/**/*.ts'], rules: never(...inFeature('agent'), NO_TYPEORM) },
  { files: ['apps/api/src/llm-config/langchain/**/*.ts'], rules: never(...inFeature('llm-config'), NO_TYPEORM) },
  { files: ['apps/api/**/*.{db-spec,spec}.ts'], rules: { 'no-restricted-imports': 'off' } },
  {
    files: ['apps/api/src/**/*.ts'],
    ignores: [
      'apps/api/src/platform/config/**',
      'apps/api/src/main.ts',
      'apps/api/src/platform/database/cli.ts',
      '**/quiet-langchain.ts',
    ],
    rules: {
      'no-restricted-globals': [
        'error',
        ...['fetch', 'WebSocket', 'EventSource', 'XMLHttpRequest'].map((name) => ({ name, message: USE_OUTBOUND })),
      ],
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'Settings come from Environment.' },
        { object: 'globalThis', property: 'fetch', message: USE_OUTBOUND },
      ],
    },
  },
  {
    // The fence for imports sees only those at the top of a file.
    files: ['apps/api/src/**/*.ts'],
    ignores: ['apps/api/src/platform/outbound/**', '**/*.{db-spec,spec}.ts'],
    rules: {
      'no-restricted-syntax': ['error', LATER_CLIENTS, LATER_KUBERNETES],
    },
  },
  { files: ['apps/api/src/**/*.adapter.ts'], rules: { 'no-restricted-syntax': ['error', LATER_CLIENTS] } },
  {
    files: ['libs/contracts/src/**/*.ts'],
    ignores: ['**/*.spec.ts'],
    rules: never(
      ['^node:', 'The contracts run in browsers.'],
      [
        '^(?!\\.{1,2}/|class-validator$|class-transformer$)',
        'The contracts import class-validator and class-transformer only.',
      ],
    ),
  },
  {
    files: ['apps/admin/src/**/*.ts'],
    extends: [angular.configs.tsRecommended],
    processor: angular.processInlineTemplates,
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@angular-eslint/directive-selector': ['error', { type: 'attribute', prefix: 'oa', style: 'camelCase' }],
      '@angular-eslint/component-selector': ['error', { type: 'element', prefix: 'oa', style: 'kebab-case' }],
    },
  },
  {
    files: ['apps/admin/**/*.html'],
    extends: [angular.configs.templateRecommended, angular.configs.templateAccessibility],
  },
  prettier,
);
