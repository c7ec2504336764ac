/** What a login must look like (`reference: facts/bundles.md 2`, `facts/security.md 5.3`). */
import type { AuthInput, CredentialDataInput, CsrfTokenCredentialRequestAuthInput } from '../schema/types.generated.ts';
import { url } from '../texts/url.ts';
import { type Fault, type Faults, faultsOf, first, required } from '../validation.ts';

const address = (text: string) => first(text, required, url);

function credentialFault(credential: CredentialDataInput): Faults | undefined {
  const { basic, oauth, certificateOAuth } = credential;
  const given = [basic, oauth, certificateOAuth].filter((kind) => kind !== null && kind !== undefined).length;
  return faultsOf({
    'Rule.ExactlyOneNotNil': given === 1 ? undefined : 'exactly one credential input has to be specified',
    Basic: basic ? faultsOf({ username: required(basic.username), password: required(basic.password) }) : undefined,
    Oauth: oauth
      ? faultsOf({ clientId: required(oauth.clientId), clientSecret: required(oauth.clientSecret), url: address(oauth.url) })
      : undefined,
    CertificateOAuth: certificateOAuth
      ? faultsOf({
          clientId: required(certificateOAuth.clientId),
          certificate: required(certificateOAuth.certificate),
          url: address(certificateOAuth.url),
        })
      : undefined,
  });
}

const csrfFault = (csrf: CsrfTokenCredentialRequestAuthInput): Faults | undefined =>
  faultsOf({
    tokenEndpointURL: address(csrf.tokenEndpointURL),
    credential: csrf.credential ? credentialFault(csrf.credential) : undefined,
  });

/** What is wrong with the login; the serialized headers and parameters are read later, by `authFromInput`. */
export function authFault(input: AuthInput): Fault | undefined {
  const { credential, requestAuth } = input;
  return faultsOf({
    credential: credential ? credentialFault(credential) : undefined,
    requestAuth: requestAuth ? faultsOf({ csrf: requestAuth.csrf ? csrfFault(requestAuth.csrf) : required(requestAuth.csrf) }) : undefined,
  });
}
