/** What goes on after an answer survives the process: at its start where it alone has the registry, else as soon as another one has died. */
import { resumeOperation, resumeOperations } from './application/asynchronous/run.ts';
import { apiDefinitions } from './api/records.ts';
import { applications } from './application/records.ts';
import type { DirectorCore } from './context.ts';
import { eventDefinitions } from './event/records.ts';
import { inBackground } from './background.ts';
import { tickets } from './notification/outbox.ts';
import { resumeNotification, resumeNotifications } from './notification/resume.ts';
import type { Carried } from '../registry/contract.ts';
import { resumeFetch, resumeFetches } from './spec/fetch.ts';

/** What other processes may take up of a Director, where they share its Registry. */
export const carriedBy = (director: DirectorCore): readonly Carried[] => [
  { from: tickets, work: (id) => resumeNotification(director, id) },
  { from: applications, work: (id) => resumeOperation(director, id) },
  { from: apiDefinitions, work: (id) => resumeFetch(director, apiDefinitions, id) },
  { from: eventDefinitions, work: (id) => resumeFetch(director, eventDefinitions, id) },
];

/** Takes up what an earlier process left, where no other can. */
export function resume(director: DirectorCore): void {
  inBackground(director, 'taking up notifications', () => resumeNotifications(director));
  inBackground(director, 'taking up operations', () => resumeOperations(director));
  inBackground(director, 'taking up specs', () => resumeFetches(director));
}
