import type { Routes } from '@angular/router';
import { withTexts } from '../shared/i18n/texts.js';
import { MCP_TEXTS } from './mcp-texts.js';
import { ServerListPage } from './server-list-page.js';

export const mcpRoutes: Routes = [
  { path: '', resolve: withTexts(MCP_TEXTS), component: ServerListPage },
  {
    path: ':id',
    resolve: withTexts(MCP_TEXTS),
    loadComponent: async () => (await import('./server-page.js')).ServerPage,
  },
];
