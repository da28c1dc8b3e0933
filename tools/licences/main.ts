// Usage: npm run licences
// Writes docs/licences.md: every package of the server and of the console, with its licence. Asks no network.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'prettier';
import { licencesPage } from './licences.ts';

const page = await format(licencesPage(), { parser: 'markdown', printWidth: 120 });
writeFileSync(join(import.meta.dirname, '../../docs/licences.md'), page);
