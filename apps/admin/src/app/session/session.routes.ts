import type { Routes } from '@angular/router';

export const sessionRoutes: Routes = [];
