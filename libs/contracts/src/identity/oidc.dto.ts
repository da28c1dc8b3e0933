import { Text } from '../field/fields.js';

/** How a sign-in by OpenID Connect begins. */
export class OidcStartQueryDto {
  @Text({ optional: true, description: 'A path of the console to open afterwards; anything else is ignored.' })
  return?: string;
}

/** What the provider sends the browser back with. */
export class OidcCallbackQueryDto {
  @Text({ optional: true, description: 'What the server gets the identity for; missing when the provider refused.' })
  code?: string;

  @Text({ optional: true, description: 'What the server gave the browser along.' })
  state?: string;

  @Text({ optional: true, description: 'Why the provider refused.' })
  error?: string;
}
