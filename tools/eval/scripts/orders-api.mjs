// Usage: orders-api.mjs CONFIGURATION
// A service that ends at once when its configuration is wrong, and says why.
import { readFileSync } from 'node:fs';

const [file] = process.argv.slice(2);
const say = (level, text) => console.log(`${new Date().toISOString()} ${level} orders-api[${process.pid}]: ${text}`);
const parent = process.ppid;
process.title = 'orders-api';
say('INFO', 'starting');
try {
  const { pool } = JSON.parse(readFileSync(file, 'utf8'));
  if (!Number.isInteger(pool))
    throw new Error(`pool_size in ${file} must be a whole number, not ${JSON.stringify(pool)}`);
  say('INFO', `ready with ${pool} connections`);
  setInterval(() => process.ppid !== parent && process.exit(0), 500);
} catch (error) {
  setTimeout(() => {
    say('FATAL', `configuration: ${error.message}`);
    process.exit(3);
  }, 200);
}
