/** Events of formations where several processes write to one database, and across restarts of a plane on files. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { type FormationRecord, formations } from '../../../src/director/formation/records.ts';
import { createFeed, type FeedEvent } from '../../../src/director/notification/feed.ts';
import { COLLECTIONS } from '../../../src/local/collections.ts';
import type { Registry } from '../../../src/registry/contract.ts';
import { openRegistry } from '../../../src/registry/open.ts';
import { describeWithPostgres, newDatabase } from '../../support/postgres.ts';

const formation = (name: string, state: string): FormationRecord => ({
  id: name,
  name,
  state,
  tenant: 'here',
  formationTemplateId: 't',
  createdAt: '',
});
const put = (registry: Registry, name: string, state: string) =>
  registry.write({ by: 'test', operation: 'test', tenant: 'here' }, (tx) => tx.put(formations, formation(name, state)));

async function until(events: readonly FeedEvent[], count: number): Promise<string[]> {
  for (let waited = 0; events.length < count && waited < 5_000; waited += 20) await sleep(20);
  return events.map(({ data }) => `${String(data['name'])} ${String(data['state'])}`);
}

function recorded(): { events: FeedEvent[]; gaps: () => number; listen: [(event: FeedEvent) => void, () => void] } {
  const events: FeedEvent[] = [];
  let gaps = 0;
  return { events, gaps: () => gaps, listen: [(event) => void events.push(event), () => void gaps++] };
}

describeWithPostgres('on PostgreSQL', () => {
  it('every replica tells what any of them did, each thing once, and goes on where another one stopped', async () => {
    const { url, keyFile } = await newDatabase();
    const open = () => openRegistry(url, { collections: COLLECTIONS, keyFile });
    const [one, two] = [await open(), await open()];
    try {
      const [first, second] = [recorded(), recorded()];
      const feeds = [createFeed(one), createFeed(two)] as const;
      const start = await feeds[0].position();
      const end = await feeds[0].follow(start, ...first.listen);
      await feeds[1].follow(start, ...second.listen);
      await put(one, 'a', 'INITIAL');
      await put(two, 'b', 'READY');
      const all = ['a INITIAL', 'b READY'];
      expect((await until(first.events, 2)).sort()).toEqual(all);
      expect((await until(second.events, 2)).sort()).toEqual(all);
      expect(first.events.map(({ id }) => id)).toEqual(second.events.map(({ id }) => id));
      end();
      await put(two, 'c', 'READY');
      const later = recorded();
      await feeds[1].follow(first.events.at(-1)!.id, ...later.listen);
      expect(await until(later.events, 1)).toEqual(['c READY']);
      expect(later.gaps()).toBe(0);
    } finally {
      await one.close();
      await two.close();
    }
  });
});

it('a restart is no gap', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'compass-feed-'));
  const open = () => openRegistry({ dir }, { collections: COLLECTIONS });
  try {
    const before = await open();
    const start = await createFeed(before).position();
    await put(before, 'a', 'READY');
    await before.close();
    const after = await open();
    const { events, gaps, listen } = recorded();
    const end = await createFeed(after).follow(start, ...listen);
    await put(after, 'b', 'READY');
    expect(await until(events, 2)).toEqual(['a READY', 'b READY']);
    expect(gaps()).toBe(0);
    end();
    await after.close();
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
});
