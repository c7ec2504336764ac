/** Whether the Gateway itself answers. */
import type { Mount } from './gateway.ts';

export const healthMount: Mount = {
  base: '/healthz',
  needsCredential: () => false,
  answer: async () => ({ status: 200, headers: { 'content-type': 'text/plain; charset=utf-8' }, body: 'ok' }),
};
