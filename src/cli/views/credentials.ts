/** How people see credentials: what opens nothing is shown, what opens something only when asked for. */
import type { CredentialsFragment } from '../../client/director.generated.ts';

const SECRETS = new Set(['password', 'clientSecret', 'kubeconfig']);
const MASK = '********';

/** A value of the wire with its secrets masked, headers and query parameters of credentials among them. */
export function masked<T>(value: T, shown: boolean): T {
  if (shown || typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item: unknown) => masked(item, shown)) as T;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]: [string, unknown]) => {
      if (SECRETS.has(key) && typeof inner === 'string') return [key, MASK];
      if ((key === 'additionalHeaders' || key === 'additionalQueryParams') && inner !== null) return [key, MASK];
      return [key, masked(inner, shown)];
    }),
  ) as T;
}

/** What people see of credentials, field by field. */
export function credentialFields(auth: CredentialsFragment | null | undefined): Record<string, unknown> {
  const credential = auth?.credential;
  if (credential === null || credential === undefined) return {};
  if ('username' in credential) return { User: credential.username, Password: credential.password };
  if ('clientSecret' in credential) return { Client: credential.clientId, Secret: credential.clientSecret, 'Token URL': credential.url };
  return 'certificate' in credential
    ? { Client: credential.clientId, Certificate: credential.certificate, 'Token URL': credential.url }
    : {};
}
