// Usage: node tools/lint/lint-texts.mjs < texts.json
// Lints texts as if they stood in files: reads [{ file, text }], prints the rules each one breaks as [[rule, …], …].
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { ESLint } from 'eslint';
import { createProjectGraphAsync } from 'nx/src/project-graph/project-graph.js';
import { nxEnvironment, root } from '../workspace.mjs';

Object.assign(process.env, nxEnvironment);
// Without the graph of the projects the fence between them is not looked at.
await createProjectGraphAsync();

const eslint = new ESLint({ cwd: root });
const broken = [];
for (const { file, text: source } of JSON.parse(await text(process.stdin))) {
  const [result] = await eslint.lintText(source, { filePath: join(root, file) });
  broken.push(result.messages.map(({ ruleId, message }) => ruleId ?? message));
}
process.stdout.write(JSON.stringify(broken));
