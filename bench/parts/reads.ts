/** Reads over HTTP at 16 clients, each beside a plain server that answers the same bytes; and what a larger landscape makes of their cost. */
import { type Bench, count, roundsOf } from '../bench.ts';
import { compare, type Compared } from '../compare.ts';
import { copied, landscape, type Landscape } from '../landscape.ts';
import type { Load } from '../loader.ts';
import { plainServer, type Served, serve } from '../processes.ts';
import { answerOf, BY_LABEL, BY_PATH, checkAnswer, each, FOR_RUNTIME, fresh, ONE, oneInline, PAGE, same } from '../requests.ts';
import type { Budget } from '../table.ts';

interface Read {
  readonly what: string;
  readonly query: string;
  readonly variables?: (landscape: Landscape) => object;
  readonly requests: (plane: Served, landscape: Landscape) => Load['requests'];
  readonly budget?: Budget;
}

const forRuntime = ({ runtime }: Landscape) => ({ id: runtime });
const firstOne = ({ ids }: Landscape) => ({ id: ids[0] });

const READS: readonly Read[] = [
  {
    what: 'one application by id, 1,000 different ones',
    query: ONE,
    variables: firstOne,
    requests: (plane, { ids }) => each(plane, ids, (id) => ({ query: ONE, variables: { id } })),
  },
  {
    what: 'one application by id, no answer kept',
    query: ONE,
    variables: firstOne,
    requests: (plane, found) => fresh(plane, ONE, firstOne(found)),
    budget: { atLeast: 0.35 },
  },
  {
    what: 'one application, ids in the text, no answer kept',
    query: ONE,
    variables: firstOne,
    requests: (plane, { ids }) => {
      let next = 0;
      return () => each(plane, [ids[next++ % ids.length]!], (id) => ({ query: oneInline(id), extensions: { n: next } }))[0]!;
    },
  },
  {
    what: 'page of 50 with labels and bundles, no answer kept',
    query: PAGE,
    requests: (plane) => fresh(plane, PAGE),
    budget: { atLeast: 0.12 },
  },
  { what: 'page of 50 with labels and bundles, again', query: PAGE, requests: (plane) => same(plane, PAGE), budget: { atLeast: 0.3 } },
  { what: 'filter by one label, page of 50, no answer kept', query: BY_LABEL, requests: (plane) => fresh(plane, BY_LABEL) },
  { what: 'filter by JSON path (formation), no answer kept', query: BY_PATH, requests: (plane) => fresh(plane, BY_PATH) },
  {
    what: 'applicationsForRuntime: 1,000 in 20 formations, no answer kept',
    query: FOR_RUNTIME,
    variables: forRuntime,
    requests: (plane, found) => fresh(plane, FOR_RUNTIME, forRuntime(found)),
  },
];

async function measured(bench: Bench, read: Read, plane: Served, found: Landscape): Promise<Compared> {
  const answer = await answerOf(plane, read.query, read.variables?.(found));
  checkAnswer(answer);
  const plain = await plainServer(answer);
  try {
    const requests = read.requests(plane, found);
    return await compare(
      { port: plane.port, pid: plane.ready.pid, requests, check: checkAnswer },
      { port: plain.port, pid: plain.pid, requests },
      roundsOf(bench, 16),
    );
  } finally {
    plain.stop();
  }
}

/** @throws Error for answers that are not what was asked for */
export async function reads(bench: Bench): Promise<void> {
  const costs = new Map<string, number>();
  for (const size of bench.sizes) {
    const found = await landscape({ applications: size, bundles: 2, tenantTree: false });
    const plane = await serve(copied(found));
    try {
      for (const read of READS) {
        const { ours, theirs, ratio, cpuRatio } = await measured(bench, read, plane, found);
        const first = costs.get(read.what);
        costs.set(read.what, first ?? ours.cpu);
        bench.table.add({
          what: `${read.what} (${count(size)})`,
          measured: `${count(Math.round(ours.perSecond))}/s, p50 ${ours.p50.toFixed(1)} ms, p99 ${ours.p99.toFixed(1)} ms, ${ours.cpu.toFixed(0)} µs of processor`,
          ratio,
          against: `${count(Math.round(theirs.perSecond))}/s plain (by processor time ${cpuRatio.toFixed(2)})`,
          ...(read.budget && { budget: read.budget }),
        });
        if (first !== undefined)
          bench.table.add({
            what: `… at ${count(size)} against ${count(bench.sizes[0]!)}`,
            measured: `${ours.cpu.toFixed(0)} µs`,
            ratio: ours.cpu / first,
            against: `${first.toFixed(0)} µs`,
            budget: { atMost: 1.3 },
          });
      }
    } finally {
      await plane.stop();
    }
  }
}
