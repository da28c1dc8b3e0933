import { missingServers } from '../../tools/real-servers.mjs';
import { nodeProject } from '../../jest.node.ts';

/** The api's tests: unit (`*.spec.ts`), real database (`*.db-spec.ts`), over HTTP (`test/*.e2e-spec.ts`), and against real servers (`test/real/`). */
export default nodeProject('api', 'apps/api', {
  testMatch: ['**/*.spec.ts', '**/*.db-spec.ts', '**/test/**/*.e2e-spec.ts'],
  testPathIgnorePatterns: missingServers().map(({ folder }) => `/test/real/${folder}/`),
  globalSetup: '<rootDir>/apps/api/test/support/global-setup.mjs',
  globalTeardown: '<rootDir>/apps/api/test/support/global-teardown.mjs',
});
