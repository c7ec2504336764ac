import { collection, type Stored } from '../../registry/contract.ts';
import { comparedSubject } from './subject.ts';

/** Which subject of another authority is which consumer; global. */
export interface CertificateSubjectMappingRecord extends Stored {
  /** In the order of `orderedSubject`. */
  readonly subject: string;
  readonly consumerType: string;
  readonly internalConsumerID?: string;
  readonly tenantAccessLevels: readonly string[];
  readonly createdAt: string;
  readonly updatedAt?: string;
}

export const certificateSubjectMappings = collection<CertificateSubjectMappingRecord>()('certificateSubjectMappings', {
  subject: { keys: (mapping) => [mapping.subject], unique: true },
  /** By what a certificate's subject is compared with. */
  compared: { keys: (mapping) => [comparedSubject(mapping.subject)] },
  consumer: { keys: (mapping) => (mapping.internalConsumerID ? [mapping.internalConsumerID] : []) },
  all: { keys: () => ['all'] },
});
