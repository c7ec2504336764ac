/** The states of an instance auth and their words (`reference: facts/bundles.md 9.1`). */
import type { Call } from '../call.ts';
import type { InstanceAuthStatus } from './records.ts';

const WORDS = {
  PENDING: ['CredentialsNotProvided', 'Credentials were not yet provided.'],
  SUCCEEDED: ['CredentialsProvided', 'Credentials were provided.'],
  UNUSED: [
    'PendingDeletion',
    'Credentials for given Bundle Instance Auth are ready for being deleted by Application or Integration System.',
  ],
} as const;

export const statusNow = (call: Call, condition: keyof typeof WORDS): InstanceAuthStatus => ({
  condition,
  reason: WORDS[condition][0],
  message: WORDS[condition][1],
  timestamp: call.now(),
});
