/** Planes of one machine are told apart by name: each has a context, a folder and ports of its own. */
import { createServer } from 'node:net';
import { CONTEXT_NAME, type Context, type Contexts, LOCAL } from '../connection/contexts.ts';
import { Failure } from '../failure/failure.ts';

/** Folders beside those of planes. */
const TAKEN = new Set(['agents']);

/** @throws Failure usage where no folder and context can have that name */
export function checkedName(name: string): string {
  if (!CONTEXT_NAME.test(name))
    throw new Failure('usage', `${JSON.stringify(name)} can't name a plane: letters, digits, dots, dashes and underscores only.`);
  if (TAKEN.has(name) || name.endsWith('.log'))
    throw new Failure('usage', `A plane can't be called ${name}: that name is taken by another folder or file.`);
  return name;
}

/** A context that somebody made by hand, maybe with a token, is not written over. @throws Failure conflict */
export function checkContextIsOurs(name: string, context: Context | undefined): void {
  if (context === undefined || context.plane !== undefined || name === LOCAL) return;
  throw new Failure('conflict', `The context ${name} is that of another Compass, ${context.director}.`, {
    hint: `Name the plane otherwise: --instance. Or remove that context: \`compass context remove ${name}\`.`,
    details: { context: name },
  });
}

const FIRST_PORT = 3330;
const STEP = 10;
const TRIES = 20;

const isFree = (port: number, host: string) =>
  new Promise<boolean>((tell) => {
    const probe = createServer();
    probe.once('error', () => tell(false));
    probe.listen(port, host, () => probe.close(() => tell(true)));
  });

/** The port of a context's plane, to come back to. */
function lastPort(contexts: Contexts, name: string): number | undefined {
  const { plane, director } = contexts.all()[name] ?? {};
  return plane === undefined || director === undefined ? undefined : Number(new URL(director).port);
}

/** The port of a plane where nobody asked for one: 3330 for `local`; for others the one they had, or the next free one. 0 is any. */
export async function portFor(name: string, contexts: Contexts, host: string): Promise<number> {
  if (name === LOCAL) return FIRST_PORT;
  const usual = Array.from({ length: TRIES }, (_, index) => FIRST_PORT + STEP * (index + 1));
  for (const port of [lastPort(contexts, name) ?? [], usual].flat()) if (await isFree(port, host)) return port;
  return 0;
}
