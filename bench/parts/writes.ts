/** Durable registrations over HTTP, from one client and from 16 at once. */
import { closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { type Bench, count, roundsOf } from '../bench.ts';
import { compare } from '../compare.ts';
import { growth, told } from '../figures.ts';
import { copied } from '../landscape.ts';
import { applicationsOf } from '../plants.ts';
import { type Served, serve, temporaryFolder } from '../processes.ts';
import { checkAnswer, nestedApplication, registrations, simpleApplication } from '../requests.ts';
import type { Budget } from '../table.ts';

const CLIENTS = 16;
/** What sharing the wait for the disk is to bring. */
const SHARED: Budget = { atLeast: 5 };
/** About as long as what one registration appends. */
const LINE = Buffer.alloc(1_000, 'x');

/** Appends and syncs of a line, one after the other, in a second: what the disk gives at the most without sharing. */
function syncsPerSecond(): number {
  const file = openSync(join(temporaryFolder(), 'lines'), 'a');
  const began = performance.now();
  let done = 0;
  for (; performance.now() - began < 500; done++) {
    writeSync(file, LINE);
    fdatasyncSync(file);
  }
  closeSync(file);
  return (done / (performance.now() - began)) * 1000;
}

interface Kind {
  readonly what: string;
  readonly make: (name: string, index: number) => object;
}

const KINDS: readonly Kind[] = [
  { what: 'register an application', make: simpleApplication },
  { what: 'register one with everything nested', make: nestedApplication },
];

async function measure(bench: Bench, { what, make }: Kind, planes: readonly Served[], shared?: Budget): Promise<void> {
  const sides = [1, CLIENTS].flatMap((connections) =>
    planes.map((plane) => ({
      port: plane.port,
      pid: plane.ready.pid,
      connections,
      requests: registrations(plane, make),
      check: checkAnswer,
    })),
  );
  const compared = await compare(sides, roundsOf(bench, CLIENTS));
  const disk = syncsPerSecond();
  bench.sizes.forEach((size, index) => {
    const alone = compared.of(index).perSecond;
    bench.table.add({
      what: `${what}, 1 client (${count(size)})`,
      measured: told(compared.of(index)),
      ratio: alone / disk,
      against: `${count(disk)}/s bare appends with fdatasync`,
    });
    bench.table.add({
      what: `${what}, ${CLIENTS} clients (${count(size)})`,
      measured: told(compared.of(planes.length + index)),
      ratio: compared.ratio(planes.length + index, index, 'perSecond'),
      against: `${count(alone)}/s of 1 client`,
      ...(shared && { budget: shared }),
    });
  });
  growth(bench, compared, 0, '1 client, ');
  growth(bench, compared, planes.length, `${CLIENTS} clients, `);
}

export async function writes(bench: Bench): Promise<void> {
  const planes: Served[] = [];
  try {
    for (const size of bench.sizes) planes.push(await serve(copied(await applicationsOf(size, 'bundles'))));
    for (const kind of KINDS) await measure(bench, kind, planes, kind === KINDS[0] ? SHARED : undefined);
  } finally {
    for (const plane of planes) await plane.stop();
  }
}
