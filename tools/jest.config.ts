import { missingServers } from './real-servers.mjs';
import { nodeProject } from '../jest.node.ts';

/** The tools' own tests. */
export default nodeProject('tools', 'tools', {
  testPathIgnorePatterns: missingServers().map(({ folder }) => `/test/real/${folder}/`),
});
