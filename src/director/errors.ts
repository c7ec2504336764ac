/**
 * Every error that the Director's wire knows: code, name and text stand here alone.
 * Messages are `<text> [<key>=<value>; …]` with keys in byte order (`reference: facts/security.md 1.3`).
 */

const KINDS = {
  InternalError: [10, 'Internal Server Error'],
  NotFound: [20, 'Object not found'],
  NotUnique: [21, 'Object is not unique'],
  InvalidData: [22, 'Invalid data'],
  InsufficientScopes: [23, 'insufficient scopes provided'],
  TenantRequired: [24, 'Tenant is required'],
  TenantNotFound: [25, 'Tenant not found'],
  Unauthorized: [26, 'Unauthorized'],
  InvalidOperation: [27, 'The operation is not allowed'],
  OperationTimeout: [28, 'operation has timed out'],
  EmptyData: [29, 'Some required data was left out'],
  InconsistentData: [30, 'Inconsistent or out-of-range data'],
  NotUniqueName: [31, 'Object name is not unique'],
  ConcurrentOperation: [32, 'Concurrent operation'],
  InvalidStatusCondition: [33, 'Invalid status condition'],
  CannotUpdateObjectInManyBundles: [34, 'Can not update object that is part of more than one bundle'],
  ConcurrentUpdate: [35, 'Could not update object due to concurrent update'],
  'ErrorType(36)': [36, ''],
  'ErrorType(37)': [37, 'No scheduled operations'],
  'ErrorType(38)': [38, ''],
} as const satisfies Record<string, readonly [number, string]>;

export type ErrorKind = keyof typeof KINDS;
export type ErrorArguments = Readonly<Record<string, string>>;

/** `text [a=1; b=2]`, or the text alone where there are no arguments. */
export function messageOf(text: string, args: ErrorArguments): string {
  const keys = Object.keys(args).sort();
  return keys.length === 0 ? text : `${text} [${keys.map((key) => `${key}=${args[key]}`).join('; ')}]`;
}

/** An error that goes to the caller as it is. */
export class DirectorError extends Error {
  override readonly name = 'DirectorError';
  readonly kind: ErrorKind;
  readonly code: number;

  /** `text` stands in for the kind's own where the wire has a special one. */
  constructor(kind: ErrorKind, args: ErrorArguments = {}, text: string = KINDS[kind][1]) {
    super(messageOf(text, args));
    this.kind = kind;
    this.code = KINDS[kind][0];
  }

  /** What GraphQL and REST answers carry beside the message. */
  get extensions(): { error: string; error_code: number } {
    return { error: this.kind, error_code: this.code };
  }
}

/** `Object not found [object=…]`, with the id where the wire tells it. */
export const notFound = (object: string, id?: string) => new DirectorError('NotFound', id === undefined ? { object } : { ID: id, object });
export const notUnique = (object: string) => new DirectorError('NotUnique', { object });
export const invalidData = (reason: string) => new DirectorError('InvalidData', { reason });
export const invalidOperation = (reason: string, object?: string) =>
  new DirectorError('InvalidOperation', object === undefined ? { reason } : { object, reason });
export const unauthorized = (reason: string) => new DirectorError('Unauthorized', { reason });
export const tenantRequired = () => new DirectorError('TenantRequired');

/** Where the reference's words are `Internal Server Error [errorID=…, reason: …]`: code 10 with a reason that the caller can act on. */
export class InternalError extends DirectorError {
  constructor(errorId: string, reason?: string) {
    super('InternalError', {}, `Internal Server Error [errorID=${errorId}${reason === undefined ? '' : `, reason: ${reason}`}]`);
  }
}

/**
 * A failure without a kind of its own, thrown by rules: the wire shows it as an InternalError whose reason is `input: <path of the field> <text>`.
 * Rules know neither the path nor the error's id; whoever answers the request adds them with `internalErrorAt`.
 */
export class UnclassifiedError extends Error {
  override readonly name = 'UnclassifiedError';
}
export const unclassified = (text: string) => new UnclassifiedError(text);

/** What an UnclassifiedError looks like on the wire, raised at the field with this path. */
export function internalErrorAt(errorId: string, path: readonly (string | number)[], error: UnclassifiedError): InternalError {
  const place = path.map((part, index) => (typeof part === 'number' ? `[${part}]` : index === 0 ? part : `.${part}`)).join('');
  return new InternalError(errorId, `input: ${place} ${error.message}`);
}

/** Several failures as one text. */
export const errorList = (texts: readonly string[]): string =>
  `${texts.length} error${texts.length === 1 ? '' : 's'} occurred:\n${texts.map((text) => `\t* ${text}\n`).join('')}\n`;

/** The texts of foreign keys, the same for every kind of object. */
export const STILL_REFERRED = 'The record cannot be deleted because another record refers to it';
export const REFERRED_MISSING = 'The referenced entity does not exists';
export const OWNER_NEEDED = 'Owner access is needed for resource modification';
