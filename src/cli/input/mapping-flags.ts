/** What a certificate subject mapping is made of. */
import { Flags } from '@oclif/core';

export const MAPPING_FLAGS = {
  subject: Flags.string({ summary: 'Subject of the certificate.', helpValue: 'SUBJECT' }),
  'consumer-type': Flags.string({ summary: 'Which kind of consumer it is, such as "Integration System".', helpValue: 'TYPE' }),
  'consumer-id': Flags.string({ summary: 'Id of the consumer.', helpValue: 'ID' }),
  level: Flags.string({
    summary: 'Type of tenant that it may act in, or global. May be given several times.',
    helpValue: 'TYPE',
    multiple: true,
  }),
};
