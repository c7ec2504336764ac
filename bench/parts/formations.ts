/** Joining formations of several sizes, with everybody being told; and reads while much is still to be told. */
import { type Bench, count, roundsOf } from '../bench.ts';
import { compare, processorTime } from '../compare.ts';
import { told } from '../figures.ts';
import { copied } from '../landscape.ts';
import { applicationsOf, systemsOf, untold } from '../plants.ts';
import { type Served, serve } from '../processes.ts';
import { type Receiver, receiver } from '../receiver.ts';
import { answerOf, checkAnswer, fresh, ONE } from '../requests.ts';
import { median } from '../table.ts';

const MEMBERS = [10, 50, 200];
/** Joins and leaves with each number of members. */
const TIMES = 5;

const CREATE = `mutation { createFormation(formation: { name: "growing", templateName: "suite" }) { id } }`;
const change = (field: string, id: string) =>
  `mutation { ${field}(objectID: "${id}", objectType: APPLICATION, formation: { name: "growing" }) { id } }`;

interface Joined {
  readonly members: number;
  readonly milliseconds: number;
  readonly processor: number;
  readonly calls: number;
}

async function asked(plane: Served, query: string): Promise<void> {
  checkAnswer(await answerOf(plane, query));
}

async function joinAndLeave(plane: Served, receiving: Receiver, id: string): Promise<Omit<Joined, 'members'>> {
  const before = { time: performance.now(), processor: processorTime(plane.ready.pid), calls: receiving.told() };
  await asked(plane, change('assignFormation', id));
  const joined = {
    milliseconds: performance.now() - before.time,
    processor: (processorTime(plane.ready.pid) - before.processor) / 1000,
    calls: receiving.told() - before.calls,
  };
  await asked(plane, change('unassignFormation', id));
  return joined;
}

async function growing({ table, quick }: Bench): Promise<void> {
  const receiving = await receiver(true);
  const sizes = quick ? MEMBERS.slice(0, 2) : MEMBERS;
  const found = await systemsOf(Math.max(...sizes) + 1, receiving.url);
  const plane = await serve(copied(found));
  try {
    await asked(plane, CREATE);
    const [joining, ...others] = found.planted as [string, ...string[]];
    const results: Joined[] = [];
    let members = 0;
    for (const size of sizes) {
      for (; members < size; members++) await asked(plane, change('assignFormation', others[members]!));
      const joined: Omit<Joined, 'members'>[] = [];
      for (let time = 0; time < TIMES; time++) joined.push(await joinAndLeave(plane, receiving, joining));
      const middle = (figure: 'milliseconds' | 'processor' | 'calls') => median(joined.map((one) => one[figure]));
      results.push({ members: size, milliseconds: middle('milliseconds'), processor: middle('processor'), calls: middle('calls') });
    }
    const [smallest] = results as [Joined];
    for (const { members: size, milliseconds, processor, calls } of results)
      table.add({
        what: `join a formation of ${size}`,
        measured: `${milliseconds.toFixed(0)} ms (${processor.toFixed(0)} ms of processor), ${calls} calls`,
        ...(size !== smallest.members && {
          ratio: milliseconds / size / (smallest.milliseconds / smallest.members),
          against: `${(smallest.milliseconds / smallest.members).toFixed(2)} ms a member with ${smallest.members}`,
          budget: { atMost: 1.3 },
        }),
      });
  } finally {
    await plane.stop();
    receiving.close();
  }
}

/** Each of 101 systems is still to be told about the other 100, by receivers that never answer. */
async function pending(bench: Bench): Promise<void> {
  const receiving = await receiver(false);
  const waiting = await untold(bench.quick ? 21 : 101, receiving.url);
  const [busy, idle] = [await serve(copied(waiting)), await serve(copied(await applicationsOf(1_000, 'bundles')))];
  try {
    const side = (plane: Served, ids: readonly string[]) => ({
      port: plane.port,
      pid: plane.ready.pid,
      requests: fresh(plane, ONE, { id: ids[0] }),
      check: checkAnswer,
    });
    const compared = await compare(
      [side(busy, waiting.planted.ids), side(idle, (await applicationsOf(1_000, 'bundles')).planted.ids)],
      roundsOf(bench, 16),
    );
    bench.table.add({
      what: `one application by id, ${count(waiting.planted.deliveries)} deliveries pending`,
      measured: told(compared.of(0)),
      ratio: compared.ratio(0, 1, 'perSecond'),
      against: `${count(compared.of(1).perSecond)}/s with none`,
      budget: { atLeast: 0.77 },
    });
  } finally {
    receiving.close();
    await Promise.all([busy.stop(), idle.stop()]);
  }
}

export async function formations(bench: Bench): Promise<void> {
  await growing(bench);
  await pending(bench);
}
