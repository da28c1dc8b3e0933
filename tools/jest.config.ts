import { nodeProject } from '../jest.node.ts';

/** The tools' own tests. */
export default nodeProject('tools', 'tools');
