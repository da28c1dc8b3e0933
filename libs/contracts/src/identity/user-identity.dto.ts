import { ListOf, Moment, Text, Whole } from '../field/fields.js';

/** An account at an OpenID Connect provider that signs a user in. */
export class UserIdentityDto {
  @Text({ description: 'The address of the provider.' })
  issuer!: string;

  @Text({ nullable: true, description: 'What it is called here; null for a provider that is no longer set up.' })
  name!: string | null;

  @Moment({ description: 'Since when.' })
  linked_at!: string;
}

/** The accounts elsewhere that sign one in. */
export class UserIdentityListDto {
  @ListOf(() => UserIdentityDto, { description: 'The accounts, oldest first.' })
  items!: UserIdentityDto[];

  @Whole({ min: 0, description: 'How many there are in all.' })
  total!: number;
}
