/** Reads over HTTP at 16 clients: planes of all sizes beside a plain server that answers the same bytes. */
import { type Bench, roundsOf } from '../bench.ts';
import { compare } from '../compare.ts';
import { besidePlain } from '../figures.ts';
import { copied } from '../landscape.ts';
import type { Load } from '../loader.ts';
import { applicationsOf, type Planted } from '../plants.ts';
import { plainServer, type Served, serve } from '../processes.ts';
import {
  answerOf,
  BY_LABEL,
  BY_LABELS,
  BY_PATH,
  checkAnswer,
  each,
  FOR_RUNTIME,
  fresh,
  ONE,
  oneInline,
  PAGE,
  PAGE_APIS,
  same,
} from '../requests.ts';
import type { Budget } from '../table.ts';

interface Read {
  readonly what: string;
  readonly query: string;
  readonly variables?: (planted: Planted) => object;
  /** `fresh` unless given: the same with nothing kept. */
  readonly requests?: (plane: Served, planted: Planted) => Load['requests'];
  readonly budget?: Budget;
}

const forRuntime = ({ runtime }: Planted) => ({ id: runtime });
const firstOne = ({ ids }: Planted) => ({ id: ids[0] });

const READS: readonly Read[] = [
  { what: 'one application by id, no answer kept', query: ONE, variables: firstOne, budget: { atLeast: 0.35 } },
  {
    what: 'one application by id, 1,000 in turn',
    query: ONE,
    variables: firstOne,
    requests: (plane, { ids }) => each(plane, ids, (id) => ({ query: ONE, variables: { id } })),
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
  { what: 'page of 50 with labels and bundles, no answer kept', query: PAGE, budget: { atLeast: 0.12 } },
  {
    what: 'page of 50 with labels and bundles, again',
    query: PAGE,
    requests: (plane) => same(plane, PAGE),
    budget: { atLeast: 0.3 },
  },
  { what: 'page of 50 with bundles and their APIs, no answer kept', query: PAGE_APIS },
  { what: 'filter by one label, page of 50, no answer kept', query: BY_LABEL },
  { what: 'filter by two labels that half of all have, no answer kept', query: BY_LABELS },
  { what: 'filter by JSON path (formation), no answer kept', query: BY_PATH },
  { what: 'applicationsForRuntime: 1,000 in 20 formations, no answer kept', query: FOR_RUNTIME, variables: forRuntime },
];

interface Subject {
  readonly plane: Served;
  readonly planted: Planted;
}

async function measure(bench: Bench, { what, query, variables, requests, budget }: Read, subjects: readonly Subject[]): Promise<void> {
  const sides = subjects.map(({ plane, planted }) => ({
    port: plane.port,
    pid: plane.ready.pid,
    requests: requests?.(plane, planted) ?? fresh(plane, query, variables?.(planted)),
    check: checkAnswer,
  }));
  const [{ plane, planted }] = subjects as [Subject];
  const answer = await answerOf(plane, query, variables?.(planted));
  checkAnswer(answer);
  const plain = await plainServer(answer);
  try {
    const beside = { port: plain.port, pid: plain.pid, requests: sides[0]!.requests };
    besidePlain(bench, what, await compare([beside, ...sides], roundsOf(bench, 16)), budget);
  } finally {
    plain.stop();
  }
}

/** @throws Error for answers that are not what was asked for */
export async function reads(bench: Bench): Promise<void> {
  const subjects: Subject[] = [];
  try {
    for (const size of bench.sizes) {
      const found = await applicationsOf(size, 'bundles');
      subjects.push({ plane: await serve(copied(found)), planted: found.planted });
    }
    for (const read of READS) await measure(bench, read, subjects);
  } finally {
    for (const { plane } of subjects) await plane.stop();
  }
}
