// Before any code that comes later: a bundler may run a part that several pages share ahead of what those import first.
import './app/shared/data/no-metadata.js';
import { bootstrapApplication } from '@angular/platform-browser';
import { App } from './app/app.js';
import { appConfig } from './app/app.config.js';

await bootstrapApplication(App, appConfig);
