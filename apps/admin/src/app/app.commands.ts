import type { Type } from '@angular/core';
import type { CommandSource } from './shared/data/commands.js';

/** What the features add to the command palette. */
export const commandSources: readonly (() => Promise<Type<CommandSource>>)[] = [
  async () => (await import('./session/session-commands.js')).SessionCommands,
  async () => (await import('./llm-config/llm-config-commands.js')).LlmConfigCommands,
  async () => (await import('./dify-app/dify-app-commands.js')).DifyAppCommands,
];
