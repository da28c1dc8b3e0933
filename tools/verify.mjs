// Usage: npm run verify -- --url http://localhost:8000 --token … --app-key … [--model-config-id …]
// Checks a running server from outside, as its clients use it, and takes away what it made. Ends with 1 when something is wrong.
import { main } from './verify/main.ts';

process.exitCode = await main(process.argv.slice(2));
