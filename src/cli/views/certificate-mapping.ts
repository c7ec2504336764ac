/** How people see certificate subject mappings. */
import type { CertificateMappingDetailsFragment } from '../../client/director.generated.ts';
import { card, type Card, type Column } from '../output/view.ts';

export const mappingColumns: readonly Column<CertificateMappingDetailsFragment>[] = [
  { title: 'ID', of: ({ id }) => id },
  { title: 'SUBJECT', of: ({ subject }) => subject },
  { title: 'CONSUMER', of: ({ consumerType }) => consumerType },
  { title: 'LEVELS', of: ({ tenantAccessLevels }) => tenantAccessLevels },
];

export const mappingCard = (mapping: CertificateMappingDetailsFragment, headline?: string): Card =>
  card(
    mapping,
    {
      ID: mapping.id,
      Subject: mapping.subject,
      'Consumer type': mapping.consumerType,
      'Consumer ID': mapping.internalConsumerID,
      Levels: mapping.tenantAccessLevels,
    },
    headline,
  );
