import type { Routes } from '@angular/router';
import { withTexts } from '../shared/i18n/texts.js';
import { UserListPage } from './user-list-page.js';
import { USERS_TEXTS } from './users-texts.js';

export const usersRoutes: Routes = [{ path: '', resolve: withTexts(USERS_TEXTS), component: UserListPage }];
