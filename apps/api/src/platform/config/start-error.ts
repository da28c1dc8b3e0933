/** Something that keeps the server from starting and that its user can put right; the message is one plain sentence. */
export class StartError extends Error {
  override readonly name = 'StartError';
}
