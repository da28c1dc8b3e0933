import { DomainError } from '../errors/domain-error.js';

/** Where a sealed text is stored; a text moved to another place cannot be opened there. */
export interface SecretPlace {
  readonly table: string;
  readonly row: string;
  readonly column: string;
}

/** A sealed text that the master key does not open. */
export class SecretUnreadable extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'secrets/unreadable';

  constructor(options?: ErrorOptions) {
    super('A stored secret cannot be read with the present master key; enter it again.', options);
  }
}

/** Seals small secrets for storage. */
export abstract class SecretBox {
  /** Seals `plain` for one place in the database. */
  abstract seal(plain: string, place: SecretPlace): string;

  /** @throws SecretUnreadable when it was sealed with another key, for another place, or changed since. */
  abstract open(sealed: string, place: SecretPlace): string;
}
