/** What any error means to the user: the one place where errors of others become failures with an exit code. */
import { Errors } from '@oclif/core';
import type { CertificateError, GraphQLError, GraphQLFault, HttpError, TimeoutError, UnreachableError } from '../../client/errors.ts';
import { Failure, type FailureCode } from './failure.ts';
import { hintFor } from './hints.ts';

const DIRECTOR_CODES: Readonly<Record<number, FailureCode>> = {
  10: 'server_error',
  20: 'not_found',
  21: 'not_unique',
  22: 'invalid_data',
  23: 'insufficient_scopes',
  24: 'tenant_required',
  25: 'tenant_not_found',
  26: 'not_authorised',
  27: 'conflict',
  28: 'timed_out',
  29: 'invalid_data',
  30: 'invalid_data',
  31: 'not_unique',
  32: 'conflict',
  33: 'conflict',
  34: 'conflict',
  35: 'conflict',
  37: 'not_found',
};

const PROVISIONER_REASONS: Readonly<Record<string, FailureCode>> = {
  err_db_not_found: 'not_found',
  err_db_already_exists: 'not_unique',
  InsufficientScopes: 'insufficient_scopes',
  Unauthorized: 'not_authorised',
  Forbidden: 'not_authorised',
  AlreadyExists: 'not_unique',
};

/** The Director calls it an error of its own. */
const NOT_EMPTY = /cannot delete .* because it is not empty/;

function codeOf(fault: GraphQLFault, status: number): FailureCode {
  const { error_code: code, error_reason: reason } = fault.extensions ?? {};
  if (typeof reason === 'string')
    return PROVISIONER_REASONS[reason] ?? (typeof code === 'number' && code >= 400 && code < 500 ? 'invalid_data' : 'failed');
  // Documents and variables that do not fit the schema are told with the Director's code for inner errors.
  if (status === 422) return 'invalid_data';
  if (NOT_EMPTY.test(fault.message)) return 'conflict';
  if (typeof code === 'number') return DIRECTOR_CODES[code] ?? 'failed';
  return status === 401 || status === 403 ? 'not_authorised' : 'failed';
}

function ofGraphQL(error: GraphQLError): Failure {
  const [first] = error.errors;
  if (first === undefined) return new Failure('not_a_compass', 'The answer holds neither data nor errors.', { cause: error });
  return new Failure(codeOf(first, error.status), error.message, {
    hint: hintFor(error.message),
    details: {
      status: error.status,
      errors: error.errors.map(({ message, path, extensions }) => ({ message, path: path ?? null, ...extensions })),
    },
    cause: error,
  });
}

function ofHttp(error: HttpError): Failure {
  if (error.status === 413)
    return new Failure('invalid_data', 'This is more than the management plane takes in one request.', {
      hint: 'Leave long texts out, and have them fetched: `--spec-url URL`.',
      details: { status: error.status, said: error.message },
      cause: error,
    });
  const code =
    error.status === 401 || error.status === 403
      ? 'not_authorised'
      : error.status >= 502 && error.status <= 504
        ? 'unreachable'
        : 'not_a_compass';
  return new Failure(code, error.message, { details: { status: error.status }, cause: error });
}

/** oclif's texts as ours are: what is wrong with which flag or argument, without headlines, notes and a pointer to --help. */
const plain = (message: string) =>
  message
    // oxlint-disable-next-line no-control-regex -- oclif dims some of its texts
    .replaceAll(/\u001b\[\d+m/g, '')
    .replace(/^The following errors? occurred:\s*/, '')
    .replace(/\n*See more help with --help$/, '')
    .replace(/\n+Note: [^]*$/, '')
    .replaceAll(/\n\s+/g, '\n')
    .trim()
    .replaceAll(/^Missing required flag (\S+)$/gm, '--$1 is missing.')
    .replace(/^Missing \d+ required args?:\n([^]*)$/, (_, missing: string) => missing.replaceAll(/^(\S+)\s+(.*)$/gm, argumentMissing))
    .replaceAll(/^Parsing (--\S+)\s*\n/gm, '$1: ')
    .replace(/^Expected (?:(--[\w-]+)=)?(.*) to be one of: (.*)$/s, notAmong)
    .replaceAll(/^(--[\w-]+)=([^]*) cannot also be provided when using (--\S+)$/gm, '$1 and $3 exclude each other.')
    .replaceAll(/^All of the following must be provided when using (--\S+): (.*)$/gm, '$1 needs $2 beside it.');

const notAmong = (_: string, flag: string | undefined, given: string, options: string) =>
  `${flag === undefined ? '' : `${flag}: `}${JSON.stringify(given)} is none of ${options}.`;

const argumentMissing = (_: string, name: string, description: string) => `${name.toUpperCase()} is missing: ${description}`;

/** oclif writes its frame into failures that values of flags are refused with. */
const unframed = (failure: Failure) =>
  failure.message.startsWith('Parsing --')
    ? new Failure(failure.code, plain(failure.message), { hint: failure.hint, details: failure.details, cause: failure.cause })
    : failure;

/** `help` of what is no command. */
function unhelped(error: Error): Failure | undefined {
  const id = /^Command (.+) not found\.$/.exec(error.message)?.[1];
  if (id === undefined) return undefined;
  const message = `There is no command \`compass ${id.replaceAll(':', ' ')}\`.`;
  return new Failure('usage', message, { hint: 'Run `compass --help` for all of them.', cause: error });
}

const held = (error: Error) =>
  new Failure('conflict', error.message, { hint: 'Use that one, stop it, or name another folder with --data-dir.', cause: error });
const unusable = (error: Error) =>
  new Failure('failed', error.message, {
    hint: 'Nothing was changed. `compass registry check` tells more, `compass registry restore` takes a backup.',
    cause: error,
  });

const unreached = (error: Error) =>
  new Failure('unreachable', error.message, { hint: 'Does the database run, and are its address and password right?', cause: error });

/** What errors of ours mean, by their names: those of an agent come from another bundle, with classes of its own. */
const OURS: Readonly<Record<string, (error: never) => Failure>> = {
  GraphQLError: ofGraphQL,
  HttpError: ofHttp,
  UnreachableError: (error: UnreachableError) => new Failure('unreachable', error.message, { details: { url: error.url }, cause: error }),
  TimeoutError: (error: TimeoutError) => new Failure('timed_out', error.message, { cause: error }),
  CertificateError: (error: CertificateError) =>
    new Failure(error.refused === 'client' ? 'certificate_refused' : 'certificate_untrusted', error.message, { cause: error }),
  PairingError: (error: Error) => new Failure('pairing_failed', error.message, { cause: error }),
  RegistryDamaged: unusable,
  RegistryTooNew: unusable,
  RegistryUnavailable: (error: Error) => ('holder' in error ? held : 'database' in error ? unreached : unusable)(error),
  RegistryRefusal: (error: Error & { isOccupied: boolean }) =>
    new Failure(error.isOccupied ? 'conflict' : 'failed', error.message, {
      ...(error.isOccupied && { hint: 'Name another target, or let it be replaced: see --help.' }),
      cause: error,
    }),
  WrongKey: (error: Error) =>
    new Failure('failed', error.message, { hint: 'Where it lies elsewhere, --registry-key-file names it.', cause: error }),
  UnusableFolder: (error: Error) => new Failure('failed', error.message, { hint: 'Name one that you may write to.', cause: error }),
  UnusableOption: (error: Error) => new Failure('usage', error.message, { cause: error }),
  ExitPromptError: (error: Error) => new Failure('interrupted', 'Nothing was changed.', { cause: error }),
  AbortPromptError: (error: Error) => new Failure('interrupted', 'Nothing was changed.', { cause: error }),
};

export function failureOf(error: unknown): Failure {
  if (error instanceof Failure) return unframed(error);
  if (error instanceof Errors.CLIError) return unhelped(error) ?? new Failure('usage', plain(error.message), { cause: error });
  if (!(error instanceof Error)) return new Failure('unexpected', String(error));
  return OURS[error.name]?.(error as never) ?? new Failure('unexpected', error.message, { cause: error });
}
