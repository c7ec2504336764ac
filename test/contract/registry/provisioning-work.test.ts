/** Operations of the Provisioner on a Registry that several processes share. */
import { expect, it } from 'vitest';
import type { OperationEvent } from '../../../src/provisioner/records.ts';
import { COLLECTIONS } from '../../../src/local/collections.ts';
import { openPostgresRegistry } from '../../../src/registry/postgres/registry.ts';
import { describeWithPostgres, newDatabase, type TestDatabase } from '../../support/postgres.ts';
import { TENANT, worldOf, type World } from '../../unit/provisioner/support.ts';

describeWithPostgres('an operation of the Provisioner', () => {
  const open = ({ url, keyFile }: TestDatabase) => openPostgresRegistry({ url, keyFile, collections: COLLECTIONS, poolSize: 6 });
  const eventsOf = async ({ provisioner }: World, id: string) => {
    const answer = await provisioner.details({
      method: 'GET',
      path: `/v1/operations/${id}`,
      query: '',
      headers: { tenant: TENANT },
      body: '',
    });
    return (JSON.parse(answer!.body) as { events: readonly OperationEvent[] }).events;
  };

  it('is driven by the process that began it, and to its end by another when that one dies', async () => {
    const database = await newDatabase();
    const [dying, other] = await Promise.all([open(database), open(database)]);
    // The one that dies never sees the cluster's domain: it would wait for ever.
    const [first, second] = [worldOf({ registry: dying, stage: 1_000_000 }), worldOf({ registry: other, stage: 0 })];
    const ends = [dying.carry(first.provisioner.carried), other.carry(second.provisioner.carried)] as const;
    const { id } = (await first.provision('c')).data!.result!;
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect((await second.operation(id)).state).toBe('InProgress');
    await ends[0]();
    await first.provisioner.stop();
    await dying.close();
    expect(await second.ended(id)).toMatchObject({ state: 'Succeeded' });
    expect((await eventsOf(second, id)).map(({ message }) => message)).toEqual([
      'Provisioning started',
      'Operation in progress. Stage WaitingForClusterCreation',
      'Operation in progress. Stage CreatingBindingsForOperators',
      'Operation succeeded',
    ]);
    await ends[1]();
    await second.provisioner.stop();
    await other.close();
  });
});
