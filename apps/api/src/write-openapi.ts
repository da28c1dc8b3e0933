import 'reflect-metadata';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describeApi } from './describe-api.js';
import { workspaceRoot } from './platform/config/workspace-root.js';

// Writes docs/openapi.json; run by `nx run api:openapi` after every change of the API.
const path = join(workspaceRoot(), 'docs/openapi.json');
await writeFile(path, `${JSON.stringify(await describeApi('3.1.0'), null, 2)}\n`);
process.stdout.write(`${path}\n`);
