import { Id, ListOf, Moment, Text, Whole, WordList } from '../field/fields.js';
import { TOKEN_SCOPE, type TokenScope } from './token-scope.js';

/** For how many days a token holds when nothing else is said. */
export const TOKEN_DAYS = 90;

const SCOPES =
  '`all` is everything, the account itself included; `read` is reading everything; each other one is reading and changing one area. Never beyond the role of its user.';

/** What a caller sends to make a personal token. */
export class CreateTokenDto {
  @Text({ min: 1, max: 100, description: 'What it is for.' })
  name!: string;

  @WordList(TOKEN_SCOPE, {
    ...{ min: 1, optional: true, default: ['all'] },
    description: `What it may be used for: ${SCOPES}`,
  })
  scopes?: TokenScope[];

  @Whole({
    ...{ min: 1, max: 365, optional: true, nullable: true, default: TOKEN_DAYS },
    description:
      'For how many days it holds; null is for ever. One that is made with another token ends with that one at the latest.',
  })
  expires_in_days?: number | null;
}

/** A personal token, without its value. */
export class TokenDto {
  @Id({ description: 'Names the token.' })
  id!: string;

  @Text({ description: 'What it is for.' })
  name!: string;

  @Text({ description: 'What it begins with.' })
  prefix!: string;

  @Text({ description: 'The last four characters.' })
  last_four!: string;

  @WordList(TOKEN_SCOPE, { description: `What it may be used for: ${SCOPES}` })
  scopes!: TokenScope[];

  @Moment({ description: 'When it was made.' })
  created_at!: string;

  @Moment({ nullable: true, description: 'When it ends, or ended; null for never.' })
  expires_at!: string | null;

  @Moment({ nullable: true, description: 'When it was last used, to the minute.' })
  last_used_at!: string | null;
}

/** A new personal token: the only answer that ever carries its value. */
export class CreatedTokenDto extends TokenDto {
  @Text({ description: 'The token; send it as `Authorization: Bearer …`. It is not shown again.' })
  token!: string;
}

/** One's own tokens. */
export class TokenListDto {
  @ListOf(() => TokenDto, { description: 'The tokens, newest first.' })
  items!: TokenDto[];

  @Whole({ min: 0, description: 'How many there are in all.' })
  total!: number;
}
