import type { Incident } from '../incident.ts';
import { NGINX_502 } from './nginx-502.ts';
import { TARGET_DOWN } from './target-down.ts';

/** Every incident of the pack. */
export const INCIDENTS: readonly Incident[] = [TARGET_DOWN, NGINX_502];
