import type { Routes } from '@angular/router';

export const llmConfigRoutes: Routes = [];
