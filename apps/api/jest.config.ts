import { nodeProject } from '../../jest.node.ts';

/** The api's tests: unit (`*.spec.ts`), real database (`*.db-spec.ts`) and over HTTP (`test/*.e2e-spec.ts`). */
export default nodeProject('api', 'apps/api', {
  testMatch: ['**/*.spec.ts', '**/*.db-spec.ts', '**/test/**/*.e2e-spec.ts'],
  globalSetup: '<rootDir>/apps/api/test/support/global-setup.mjs',
  globalTeardown: '<rootDir>/apps/api/test/support/global-teardown.mjs',
});
