import { afterEach, beforeEach, expect, it } from 'vitest';
import { deliveriesKept } from '../../../../src/director/notification/deliveries/log.ts';
import { createFeed, type Feed, type FeedEvent } from '../../../../src/director/notification/feed.ts';
import { landscape } from './landscape.ts';

let plane: Awaited<ReturnType<typeof landscape>>;
let feed: Feed;
beforeEach(async () => {
  plane = await landscape();
  feed = createFeed(plane.registry);
  await plane.application('shop', 'SYNC');
  await plane.application('crm');
  await plane.assign('shop');
});
afterEach(() => plane.close());

async function follow(after: string) {
  const events: FeedEvent[] = [];
  let gaps = 0;
  const end = await feed.follow(
    after,
    (event) => events.push(event),
    () => gaps++,
  );
  return { events, end, gaps: () => gaps };
}
const settled = async () => {
  await deliveriesKept(plane.director);
  await new Promise((done) => setTimeout(done, 5));
};
const line = ({ type, data }: FeedEvent) =>
  `${type} ${data['source'] ?? data['name'] ?? ''}->${data['target'] ?? ''} ${data['state'] ?? data['isGone'] ?? ''}`;

it('tells of states and deliveries in their order', async () => {
  const { events, end } = await follow(await feed.position());
  await plane.assign('crm');
  await settled();
  end();
  expect(events.map(line).filter((one) => one.includes('crm->shop'))).toEqual([
    'assignment crm->shop INITIAL',
    'assignment crm->shop READY',
    'notification crm->shop ',
  ]);
  expect(JSON.stringify(events)).not.toContain('moment');
  const seen = events.length;
  await plane.unassign('crm');
  await settled();
  expect(events).toHaveLength(seen);
});

it('goes on behind any event, without a hole and without telling twice', async () => {
  const start = await feed.position();
  const first = await follow(start);
  await plane.assign('crm');
  await settled();
  first.end();
  await plane.unassign('crm');
  await settled();
  const whole = (await follow(start)).events.map(({ id }) => id);
  expect(new Set(whole).size).toBe(whole.length);
  for (const [index, id] of whole.entries()) {
    const { events, end, gaps } = await follow(id);
    end();
    expect(events.map((event) => event.id)).toEqual(whole.slice(index + 1));
    expect(gaps()).toBe(0);
  }
});

it('tells of what is gone by its id, to the tenant where it went', async () => {
  await plane.assign('crm');
  const { events } = await follow(await feed.position());
  await plane.unassign('crm');
  await settled();
  const gone = events.filter(({ data }) => data['isGone'] === true);
  expect(gone.length).toBeGreaterThan(0);
  expect(gone.every(({ data, tenant }) => Object.keys(data).length === 2 && tenant === plane.ctx.caller.tenant!.id)).toBe(true);
});

it.each(['nonsense', '99999999.0', '0.end\n'])('says that there is a gap after %j', async (after) => {
  expect((await follow(after)).gaps()).toBe(1);
});
