/** The api's tests: unit (`*.spec.ts`), real database (`*.db-spec.ts`) and over HTTP (`test/*.e2e-spec.ts`). */
export default {
  displayName: 'api',
  rootDir: '../..',
  roots: ['<rootDir>/apps/api'],
  testMatch: ['**/*.spec.ts', '**/*.db-spec.ts', '**/test/**/*.e2e-spec.ts'],
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  setupFiles: ['reflect-metadata'],
  globalSetup: '<rootDir>/apps/api/test/support/global-setup.mjs',
  globalTeardown: '<rootDir>/apps/api/test/support/global-teardown.mjs',
  moduleNameMapper: {
    '^@opsagent/contracts$': '<rootDir>/libs/contracts/src/index.ts',
    '^@opsagent/contracts/constants$': '<rootDir>/libs/contracts/src/constants.ts',
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        swcrc: false,
        sourceMaps: 'inline',
        jsc: {
          target: 'es2023',
          keepClassNames: true,
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
        },
        module: { type: 'es6' },
      },
    ],
  },
};
