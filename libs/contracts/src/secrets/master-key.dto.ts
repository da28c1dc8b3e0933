import { Flag, OneOf, Text, Whole } from '../field/fields.js';
import { oneOfSet, type ValueOf } from '../field/facts.js';

/** Where the master key is kept. `file`: in the data folder. */
export const MASTER_KEY_PLACE = oneOfSet('MasterKeyPlace', ['file', 'environment']);
export type MasterKeyPlace = ValueOf<typeof MASTER_KEY_PLACE>;

/** The key that seals stored secrets, without the key, and how far going over to it has come. */
export class MasterKeyDto {
  @Text({ description: 'Names the key; stands in every text it sealed.', example: 'Zk3v9Q0a' })
  key_id!: string;

  @OneOf(MASTER_KEY_PLACE, { description: 'Where it is kept.' })
  kept_in!: MasterKeyPlace;

  @Whole({ min: 0, description: 'How many stored secrets it sealed.' })
  sealed!: number;

  @Whole({ min: 0, description: 'How many are still sealed by an earlier key that the server has.' })
  remaining!: number;

  @Whole({ min: 0, description: 'How many are sealed by a key that the server does not have.' })
  unreadable!: number;

  @Flag({ description: 'The process that answers is sealing them anew.' })
  is_rotating!: boolean;
}
