/** Joining formations of several sizes, with everybody being told; and reads while much is still to be told. */
import { type Bench, count, roundsOf } from '../bench.ts';
import { compare } from '../compare.ts';
import { told } from '../figures.ts';
import { copied } from '../landscape.ts';
import { applicationsOf, formationsOf, untold } from '../plants.ts';
import { processorTime, type Served, serve } from '../processes.ts';
import { type Receiver, receiver } from '../receiver.ts';
import { answerOf, checkAnswer, fresh, ONE } from '../requests.ts';

const MEMBERS = [10, 50, 200];
/** Joins and leaves with each number of members. */
const TIMES = 5;

const change = (field: string, id: string, members: number) =>
  `mutation { ${field}(objectID: "${id}", objectType: APPLICATION, formation: { name: "formation-of-${members}" }) { id } }`;

interface Joined {
  readonly members: number;
  readonly milliseconds: number;
  readonly processor: number;
  readonly calls: number;
}

async function asked(plane: Served, query: string): Promise<void> {
  checkAnswer(await answerOf(plane, query));
}

async function joinAndLeave(plane: Served, receiving: Receiver, id: string, members: number): Promise<Joined> {
  const before = { time: performance.now(), processor: processorTime(plane.ready.pid), calls: receiving.told() };
  await asked(plane, change('assignFormation', id, members));
  const joined = {
    members,
    milliseconds: performance.now() - before.time,
    processor: (processorTime(plane.ready.pid) - before.processor) / 1000,
    calls: receiving.told() - before.calls,
  };
  await asked(plane, change('unassignFormation', id, members));
  return joined;
}

async function growing({ table, quick }: Bench): Promise<void> {
  const receiving = await receiver(true);
  const found = await formationsOf(MEMBERS, receiving.url);
  const plane = await serve(copied(found));
  try {
    const results: Joined[] = [];
    for (const members of MEMBERS) {
      const joined: Joined[] = [];
      for (let time = 0; time <= (quick ? 1 : TIMES); time++) joined.push(await joinAndLeave(plane, receiving, found.planted, members));
      const best = (figure: keyof Joined) => Math.min(...joined.map((one) => one[figure]));
      results.push({ members, milliseconds: best('milliseconds'), processor: best('processor'), calls: best('calls') });
    }
    const [smallest] = results as [Joined];
    for (const { members: size, milliseconds, processor, calls } of results)
      table.add({
        what: `join a formation of ${size}`,
        measured: `${milliseconds.toFixed(0)} ms (${processor.toFixed(0)} ms of processor), ${calls} calls`,
        ...(size !== smallest.members && {
          ratio: processor / size / (smallest.processor / smallest.members),
          against: `${(smallest.processor / smallest.members).toFixed(1)} ms of processor a member with ${smallest.members}`,
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
      ratio: compared.ratio(0, 1, 'cpu'),
      against: `${compared.best(1, 'cpu').toFixed(0)} µs of processor with none`,
      budget: { atMost: 1.3 },
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
