/** How people see credentials for bundles. */
import type { BundleInstanceAuthDetailsFragment, CredentialsFragment } from '../../client/director.generated.ts';
import { card, type Card, type Column } from '../output/view.ts';
import { credentialFields, masked } from './credentials.ts';

export const bundleAuthColumns: readonly Column<BundleInstanceAuthDetailsFragment>[] = [
  { title: 'ID', of: ({ id }) => id },
  { title: 'STATUS', of: ({ status }) => status.condition },
  { title: 'RUNTIME', of: ({ runtimeID }) => runtimeID },
  { title: 'CONTEXT', of: ({ context }) => context },
];

export function bundleAuthCard(
  whole: BundleInstanceAuthDetailsFragment & { auth?: CredentialsFragment | null },
  headline?: string,
  showSecrets = false,
): Card {
  const auth = masked(whole, showSecrets);
  return card(
    auth,
    {
      ID: auth.id,
      Status: auth.status.condition,
      Reason: auth.status.reason,
      Message: auth.status.message,
      Runtime: auth.runtimeID,
      Context: auth.context,
      Parameters: auth.inputParams,
      ...credentialFields(auth.auth),
    },
    headline,
  );
}
