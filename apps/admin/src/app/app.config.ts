import { provideHttpClient, withFetch, withInterceptors } from '@angular/common/http';
import {
  type ApplicationConfig,
  inject,
  isDevMode,
  provideAppInitializer,
  provideBrowserGlobalErrorListeners,
  provideZonelessChangeDetection,
} from '@angular/core';
import {
  provideRouter,
  TitleStrategy,
  withComponentInputBinding,
  withInMemoryScrolling,
  withNavigationErrorHandler,
  withRouterConfig,
} from '@angular/router';
import { provideTransloco } from '@jsverse/transloco';
import { commandSources } from './app.commands.js';
import { routes } from './app.routes.js';
import { COMMAND_SOURCES } from './shared/data/commands.js';
import { outageInterceptor } from './shared/data/outage-interceptor.js';
import { previewInterceptor } from './shared/data/preview-interceptor.js';
import { signInAgainInterceptor } from './shared/data/sign-in-again-interceptor.js';
import { Language } from './shared/i18n/language.js';
import { PageTitle } from './shared/i18n/page-title.js';
import { LANGUAGES } from './shared/i18n/texts.js';
import { LostPage } from './shared/ui/lost-page.js';

export const appConfig: ApplicationConfig = {
  providers: [
    provideBrowserGlobalErrorListeners(),
    provideZonelessChangeDetection(),
    provideRouter(
      routes,
      withComponentInputBinding(),
      withInMemoryScrolling({ scrollPositionRestoration: 'enabled' }),
      withNavigationErrorHandler((error) => inject(LostPage).note(error)),
      withRouterConfig({ resolveNavigationPromiseOnError: true }),
    ),
    provideHttpClient(withFetch(), withInterceptors([previewInterceptor, outageInterceptor, signInAgainInterceptor])),
    provideTransloco({
      config: { availableLangs: [...LANGUAGES], reRenderOnLangChange: true, prodMode: !isDevMode() },
    }),
    provideAppInitializer(() => inject(Language).start()),
    { provide: COMMAND_SOURCES, useValue: commandSources },
    { provide: TitleStrategy, useClass: PageTitle },
  ],
};
