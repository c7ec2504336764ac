/** Logins as others keep them: from the wire's input to what is stored (`reference: facts/bundles.md 2`). */
import type { AuthInput, CredentialDataInput, CsrfTokenCredentialRequestAuthInput } from '../schema/types.generated.ts';
import { readMultimap } from './multimap.ts';
import type { AuthRecord, Credential, CsrfRequestAuth } from './records.ts';

export { authFault } from './input.ts';

interface SerializedParameters {
  readonly additionalHeadersSerialized?: string | null | undefined;
  readonly additionalQueryParamsSerialized?: string | null | undefined;
}

const parametersFrom = (input: SerializedParameters) => ({
  additionalHeaders: readMultimap(input.additionalHeadersSerialized, 'HTTP headers'),
  additionalQueryParams: readMultimap(input.additionalQueryParamsSerialized, 'query parameters'),
});

/** Of several kinds, which only unvalidated inputs can carry, the first counts. */
function credentialFrom(input: CredentialDataInput | null | undefined): Credential | undefined {
  if (input?.basic) return { kind: 'basic', ...input.basic };
  if (input?.oauth) return { kind: 'oauth', ...input.oauth };
  if (input?.certificateOAuth) return { kind: 'certificateOAuth', ...input.certificateOAuth };
  return undefined;
}

const csrfFrom = (input: CsrfTokenCredentialRequestAuthInput): CsrfRequestAuth => ({
  tokenEndpointURL: input.tokenEndpointURL,
  credential: credentialFrom(input.credential),
  ...parametersFrom(input),
});

/** The login to keep; a certificate's common name and a one-time token are not taken here. @throws InvalidData for serialized texts that are no maps */
export function authFromInput(input: AuthInput): AuthRecord {
  const csrf = input.requestAuth?.csrf;
  return {
    credential: credentialFrom(input.credential),
    accessStrategy: input.accessStrategy ?? undefined,
    ...parametersFrom(input),
    requestAuth: input.requestAuth ? { csrf: csrf ? csrfFrom(csrf) : undefined } : undefined,
  };
}
