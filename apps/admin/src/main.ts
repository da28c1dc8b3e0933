import { bootstrapApplication } from '@angular/platform-browser';
import { App } from './app/app.js';
import { appConfig } from './app/app.config.js';
import { fetchLanding } from './app/fetch-landing.js';

fetchLanding(location.pathname);
await bootstrapApplication(App, appConfig);
