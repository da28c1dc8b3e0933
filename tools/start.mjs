// Usage: npm start
// Builds what has changed and serves the API and the console from this process.
import { build, built, endWithParent } from './workspace.mjs';

endWithParent();
await build();
process.setSourceMapsEnabled(true);
await built('main.js');
