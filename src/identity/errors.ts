/** Why a caller is not let in, as the wire tells it: no path, whatever was asked (`reference: facts/security.md 1.3, 2.1`). */
export class AuthenticationError extends Error {
  override readonly name: string = 'AuthenticationError';

  constructor(
    message: string,
    readonly status: number,
    /** Kind of the error and its number in the catalogue of the wire. */
    readonly kind: { readonly error: string; readonly error_code: number },
  ) {
    super(message);
  }

  /** The body of the answer, as JSON. */
  get body(): string {
    return `${JSON.stringify({ errors: [{ message: this.message, extensions: this.kind }], data: null })}\n`;
  }
}

/** The credential is not taken. */
export class Unauthenticated extends AuthenticationError {
  override readonly name = 'Unauthenticated';
  constructor(reason: string, status: 400 | 401 = 401) {
    super(`Unauthorized [reason=${reason}]`, status, { error: 'Unauthorized', error_code: 26 });
  }
}

/** A tenant named in a credential or beside it that is not there, or not the credential's. */
export class UnknownTenant extends AuthenticationError {
  override readonly name = 'UnknownTenant';
  constructor(readonly externalTenant: string) {
    super(`Tenant not found [externalTenant=${externalTenant}]`, 400, { error: 'TenantNotFound', error_code: 25 });
  }
}
