/** A plane from its start to its end, as `serve` runs it. */
import { Contexts } from '../connection/contexts.ts';
import { runsElsewhere } from '../connection/running.ts';
import type { Host } from '../frame/host.ts';
import type { Output } from '../output/output.ts';
import { announce, type Announcement, type Ready } from './announce.ts';
import { greeting } from './greeting.ts';
import { invitation } from './invitation.ts';
import { stopAsked } from './signals.ts';
import { removeHome } from './throwaway.ts';
import { unstarted } from './unstarted.ts';

interface Contents {
  /** By collection. */
  readonly records: Readonly<Record<string, number>>;
}

interface Plane {
  readonly ready: Ready;
  readonly registry: { info(): Contents | Promise<Contents> };
  close(): Promise<void>;
}

export interface Run {
  readonly start: () => Promise<Plane>;
  readonly name: string;
  /** Whether its folder is that of its name. */
  readonly isNamed: boolean;
  /** Whether it has a context. */
  readonly isLocal: boolean;
  /** Where the state is, as people may see it; undefined where it is in memory. */
  readonly state: string | undefined;
  readonly readyFile: string | undefined;
  readonly env: Host['env'];
  readonly output: Output;
}

/** Comes back when the plane was asked to end, and has. @throws Failure, or what the plane throws, where it does not start */
export async function runPlane(run: Run): Promise<Ready> {
  const began = performance.now();
  const { name, isNamed, env, output } = run;
  // What goes wrong in one request must not end the plane.
  process.on('unhandledRejection', (error) => output.warn(`unhandled rejection ${JSON.stringify({ error: String(error) })}`));
  const stopped = stopAsked(() => output.note('Stopping …'));
  const plane = await run.start().catch((error: unknown) => {
    throw unstarted(error, { name, contexts: new Contexts(env), isNamed });
  });
  try {
    const announcement = await announced(plane.ready, run);
    await greet(plane, run, performance.now() - began);
    const why = await stopped;
    announcement.withdraw();
    if (why === 'abandoned') removeHome(env);
  } finally {
    await plane.close();
  }
  // Whatever still holds the process must not keep it.
  setTimeout(() => process.exit(0), 1000).unref();
  return plane.ready;
}

/** A context stays with the plane that has it. */
async function announced(ready: Ready, { name, isLocal, state, readyFile, env, output }: Run): Promise<Announcement> {
  const held = new Contexts(env).all()[name];
  const isHeld = isLocal && (await runsElsewhere(held));
  if (isHeld)
    output.warn(
      `the context ${name} stays with the plane that has it, ${held!.director} (process ${held!.plane!.pid}); with --instance NAME this one has its own.`,
    );
  const context = isLocal && !isHeld ? name : undefined;
  return announce({ ready, env, readyFile, context, state, warn: (text) => output.warn(text) });
}

async function greet({ ready, registry }: Plane, { name, isLocal, state, env, output }: Run, milliseconds: number): Promise<void> {
  output.note(`compass ${ready.version}`);
  const { records } = await registry.info();
  await output.show(greeting({ ready, context: isLocal ? name : undefined, state, records }));
  const contexts = new Contexts(env);
  const isAnnounced = contexts.all()[name]?.plane?.pid === process.pid;
  if (isAnnounced) output.note(invitation(name, contexts.current()));
  output.note(`Ready in ${milliseconds.toFixed(0)} ms. Ctrl-C ends it.`);
}
