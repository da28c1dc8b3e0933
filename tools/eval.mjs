// Usage: npm run eval -- [--list] [--only PATTERN] [--provider NAME --model NAME]
// Stages incidents on real servers, asks the operations agent what is wrong, and tells how well it did. Leaves the machine as found.
import { main } from './eval/main.ts';
import { build, endWithParent } from './workspace.mjs';

endWithParent();
const args = process.argv.slice(2);
if (!args.some((arg) => ['--list', '--help', '-h'].includes(arg))) await build();
try {
  process.exitCode = await main(args);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
