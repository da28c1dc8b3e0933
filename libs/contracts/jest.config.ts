import { nodeProject } from '../../jest.node.ts';

/** The contracts' tests: rules, facts and that a browser can bundle them. */
export default nodeProject('contracts', 'libs/contracts');
