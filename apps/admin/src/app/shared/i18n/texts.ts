import type { ResolveFn } from '@angular/router';
import { inject } from '@angular/core';
import { Language } from './language.js';

export const LANGUAGES = ['zh-CN', 'en'] as const;
export type LanguageCode = (typeof LANGUAGES)[number];
/** Each language by its own name. */
export const LANGUAGE_NAMES: Readonly<Record<LanguageCode, string>> = { 'zh-CN': '简体中文', en: 'English' };

/** The texts of one language file. */
export interface Texts {
  readonly [key: string]: string | Texts;
}

/** What another language's file must look like: the same keys, other words. A missing or spare key does not compile. */
export type SameKeys<T> = { readonly [K in keyof T]: T[K] extends string ? string : SameKeys<T[K]> };

/** The texts of one feature in every language; keys are `<name>.<key>`. */
export interface TextScope {
  readonly name: string;
  readonly load: Readonly<Record<LanguageCode, () => Promise<Texts>>>;
}

/** For a route: the texts of every page behind the sign-in are there before one of them is drawn. */
export const ALL_TEXTS: { language: ResolveFn<boolean> } = { language: () => inject(Language).whole() };

/** For a route: the texts of its feature, and of shared parts with texts of their own, are there before its page is drawn. */
export function withTexts(...scopes: TextScope[]): { texts: ResolveFn<unknown> } {
  return {
    texts: () => {
      const language = inject(Language);
      return Promise.all(scopes.map((scope) => language.addScope(scope)));
    },
  };
}
