import { describe, expect, it } from 'vitest';
import { openAuthorities } from '../../../src/connector/authorities.ts';
import { authoritiesDesk } from '../../../src/gateway/authorities-desk.ts';
import { type Identity, NOBODY } from '../../../src/identity/identity.ts';
import { createConnectorAuthority, createServerAuthority } from '../../../src/pki/authority.ts';
import { openMemoryRegistry } from '../../../src/registry/memory/registry.ts';

const desk = authoritiesDesk(
  openAuthorities({
    registry: openMemoryRegistry(),
    certificateHours: 1,
    create: { clients: (now) => createConnectorAuthority(now, 2048), servers: createServerAuthority },
  }),
);
const administrator: Identity = { ...NOBODY, consumer: { id: 'a', type: 'Static User' }, scopes: ['certificate_subject_mapping:write'] };

async function ask(method: string, body = '', caller = administrator) {
  const answer = await desk({ method, body, caller, path: '', query: '', headers: {}, requestId: '', remote: '' });
  return (
    answer && { status: answer.status, ...(JSON.parse(String(answer.body)) as { authorities?: { signs: boolean }[]; errors?: unknown }) }
  );
}

describe('authorities of client certificates', () => {
  it.each([
    ['nobody', NOBODY],
    ['an application with every scope', { ...administrator, consumer: { id: 'a', type: 'Application' } }],
    ['an administrator without the scope', { ...administrator, scopes: ['application:write'] }],
  ])('are no business of %s', async (_, caller) => {
    expect((await ask('GET', '', caller))?.status).toBe(403);
    expect((await ask('POST', '', caller))?.status).toBe(403);
    expect((await ask('GET'))?.authorities).toEqual([]);
  });

  it('are replaced, and listed with the one that signs first', async () => {
    await ask('POST');
    expect((await ask('POST'))?.authorities?.map(({ signs }) => signs)).toEqual([true, false]);
    expect((await ask('GET'))?.authorities).toHaveLength(2);
    expect((await ask('POST', '{"distrust":true}'))?.authorities).toHaveLength(1);
  });

  it('stay as they are where the request is not understood', async () => {
    for (const body of ['{', '[', '{"distrust":"yes"}']) expect((await ask('POST', body))?.status).toBe(400);
    expect(await ask('DELETE')).toBeUndefined();
  });
});
