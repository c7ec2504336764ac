/**
 * Every failure that the command line knows: a stable code, the exit code that goes with it, and what to do about it.
 * What happened and why is said by whoever throws; nobody else picks exit codes.
 */
import { EXIT } from './exit-codes.ts';

interface Kind {
  readonly exit: number;
  /** What to do about it, unless the thrower knows better. */
  readonly hint?: string;
}

export const KINDS = {
  failed: { exit: EXIT.failure },
  unexpected: { exit: EXIT.failure, hint: 'This is a fault of compass itself: run again with --verbose and report what it prints.' },
  invalid_data: { exit: EXIT.failure, hint: 'Correct what the message names and run the command again.' },
  file_unreadable: { exit: EXIT.failure, hint: 'Check the path and its permissions.' },
  operation_failed: { exit: EXIT.failure },
  server_error: { exit: EXIT.failure, hint: 'Look into the log of the management plane.' },
  usage: { exit: EXIT.usage, hint: 'Run the command with --help for what it takes.' },
  input_needed: { exit: EXIT.usage, hint: 'Give it as a flag, or run the command in a terminal to be asked.' },
  ambiguous_name: { exit: EXIT.usage, hint: 'Use one of the ids.' },
  no_context: { exit: EXIT.usage, hint: 'Start a plane with `compass serve --local`, add one with `compass context add`, or pass --url.' },
  tenant_required: { exit: EXIT.usage, hint: 'Name the tenant with --tenant, or store one in the context.' },
  not_found: { exit: EXIT.notFound },
  context_not_found: { exit: EXIT.notFound, hint: 'See `compass context list`.' },
  tenant_not_found: { exit: EXIT.notFound, hint: 'See `compass tenant list`, or pass another --tenant.' },
  not_authorised: { exit: EXIT.notAuthorised, hint: 'Check the token and the tenant of the context: `compass context show`.' },
  insufficient_scopes: { exit: EXIT.notAuthorised, hint: 'Use a token that carries the scopes which the message lists as required.' },
  certificate_refused: {
    exit: EXIT.notAuthorised,
    hint: 'Check --cert and --key of the context; the certificate may have expired or been revoked.',
  },
  pairing_failed: { exit: EXIT.notAuthorised, hint: 'Get a token with `compass runtime token`, and pass it with --pairing-token.' },
  not_unique: { exit: EXIT.conflict, hint: 'An object like this is already there: take another name, or change that one.' },
  conflict: { exit: EXIT.conflict },
  unreachable: {
    exit: EXIT.unreachable,
    hint: 'Is the management plane running? `compass serve --local` starts one; --url names another.',
  },
  certificate_untrusted: { exit: EXIT.unreachable, hint: 'Name the authority of the server with `compass context add … --ca-file`.' },
  not_a_compass: { exit: EXIT.unreachable, hint: 'Check the address of the context: `compass context show`.' },
  timed_out: { exit: EXIT.timedOut, hint: 'Allow more time with --timeout.' },
  pending: { exit: EXIT.pending },
  interrupted: { exit: EXIT.interrupted },
} as const satisfies Record<string, Kind>;

export type FailureCode = keyof typeof KINDS;

export interface FailureOptions {
  readonly hint?: string | undefined;
  /** Facts for machines; they go into the JSON error. */
  readonly details?: Readonly<Record<string, unknown>> | undefined;
  readonly cause?: unknown;
}

/** A failure that is the user's to read. */
export class Failure extends Error {
  override readonly name = 'Failure';
  readonly code: FailureCode;
  readonly exit: number;
  readonly hint: string | undefined;
  readonly details: Readonly<Record<string, unknown>> | undefined;

  constructor(code: FailureCode, message: string, options: FailureOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    const kind: Kind = KINDS[code];
    this.code = code;
    this.exit = kind.exit;
    this.hint = options.hint ?? kind.hint;
    this.details = options.details;
  }

  /** What stands on stdout under --json. */
  toJSON(): { error: { code: string; message: string; hint: string | null; details: Readonly<Record<string, unknown>> | null } } {
    return { error: { code: this.code, message: this.message, hint: this.hint ?? null, details: this.details ?? null } };
  }
}
