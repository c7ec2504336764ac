/** What can go wrong between a client and a Compass, in kinds that callers can tell apart. */

/** One entry of `errors` in a GraphQL answer. */
export interface GraphQLFault {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions?: Readonly<Record<string, unknown>>;
}

/** No answer came: nothing listens there, the name is unknown, the connection broke. */
export class UnreachableError extends Error {
  override readonly name = 'UnreachableError';
  readonly url: string;

  constructor(url: string, cause: Error & { code?: string }) {
    super(`${url} does not answer: ${cause.code ?? cause.message}`, { cause });
    this.url = url;
  }
}

/** The TLS handshake failed: one side does not trust the other's certificate. */
export class CertificateError extends Error {
  override readonly name = 'CertificateError';
  /** Whose certificate was refused. */
  readonly refused: 'client' | 'server';

  constructor(url: string, refused: 'client' | 'server', cause: Error & { code?: string }) {
    super(
      `${url}: ${refused === 'client' ? 'the client certificate was refused' : `its certificate is not trusted (${cause.code ?? cause.message})`}`,
      { cause },
    );
    this.refused = refused;
  }
}

/** No answer within the time allowed, in milliseconds. */
export class TimeoutError extends Error {
  override readonly name = 'TimeoutError';

  constructor(url: string, milliseconds: number) {
    super(`${url} did not answer within ${milliseconds / 1000} s`);
  }
}

/** An answer that is not GraphQL: a proxy's page, another program, a refusal before GraphQL. */
export class HttpError extends Error {
  override readonly name = 'HttpError';
  readonly status: number;

  constructor(url: string, status: number, body: string) {
    super(`${url} answered ${status}${body === '' ? '' : `: ${body.slice(0, 200).replaceAll(/\s+/g, ' ').trim()}`}`);
    this.status = status;
  }
}

/** A GraphQL answer with errors; `data` is what came with them. */
export class GraphQLError extends Error {
  override readonly name = 'GraphQLError';
  readonly status: number;
  readonly errors: readonly GraphQLFault[];
  readonly data: unknown;

  constructor(status: number, errors: readonly GraphQLFault[], data: unknown) {
    super(errors.map(({ message }) => message).join('\n'));
    this.status = status;
    this.errors = errors;
    this.data = data;
  }
}
