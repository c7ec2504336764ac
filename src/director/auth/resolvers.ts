import type { Concept } from '../concept.ts';
import { serializedMultimap, sortedMultimap } from './multimap.ts';
import type { AuthRecord, Credential, CsrfRequestAuth, Multimap } from './records.ts';

const TYPE_OF_CREDENTIAL: Readonly<Record<Credential['kind'], string>> = {
  basic: 'BasicCredentialData',
  oauth: 'OAuthCredentialData',
  certificateOAuth: 'CertificateOAuthCredentialData',
};

const shown = (map: Multimap | undefined) => map && sortedMultimap(map);
const serialized = (map: Multimap | undefined) => map && serializedMultimap(map);

export const auth: Concept = {
  resolvers: {
    Auth: {
      additionalHeaders: (auth: AuthRecord) => shown(auth.additionalHeaders),
      additionalHeadersSerialized: (auth: AuthRecord) => serialized(auth.additionalHeaders),
      additionalQueryParams: (auth: AuthRecord) => shown(auth.additionalQueryParams),
      additionalQueryParamsSerialized: (auth: AuthRecord) => serialized(auth.additionalQueryParams),
      certCommonName: (auth: AuthRecord) => auth.certCommonName ?? '',
    },
    CSRFTokenCredentialRequestAuth: {
      additionalHeaders: (csrf: CsrfRequestAuth) => shown(csrf.additionalHeaders),
      additionalQueryParams: (csrf: CsrfRequestAuth) => shown(csrf.additionalQueryParams),
    },
    CredentialData: { __resolveType: (credential: Credential) => TYPE_OF_CREDENTIAL[credential.kind] },
  },
};
