/** The agent cannot go on without somebody's help: no token, a token that opens nothing. */
export class PairingError extends Error {
  override readonly name = 'PairingError';
}
