/** The process that a provider of somebody else lives in: it loads the module and calls what it is told to. Nothing of it can reach the plane. */
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';

interface Call {
  readonly id: number;
  readonly method: string;
  readonly argument: unknown;
}

type Methods = Readonly<Record<string, ((argument: unknown) => unknown) | undefined>>;

const tell = (message: object) => void process.send?.(message);

/** What may be told of an error to another process. */
function plain(error: unknown) {
  if (!(error instanceof Error)) return { message: String(error) };
  const { message, codes, retry, reason } = error as Error & { codes?: unknown; retry?: unknown; reason?: unknown };
  return { message, codes, retry, reason };
}

/** The module's default export, called where it is a function: what a provider is made of. */
async function load(path: string): Promise<Methods> {
  const { default: made } = (await import(pathToFileURL(path).href)) as { default: unknown };
  const provider = (typeof made === 'function' ? await (made as () => unknown)() : made) as Methods | undefined;
  for (const needed of ['create', 'remove', 'state', 'kubeconfig'])
    if (typeof provider?.[needed] !== 'function') throw new Error(`its default export has no method ${needed}`);
  return provider!;
}

/** Those of its classes as well. */
const namesOf = (methods: object): string[] => {
  const parent = Object.getPrototypeOf(methods) as object | null;
  return [...Object.getOwnPropertyNames(methods), ...(parent && parent !== Object.prototype ? namesOf(parent) : [])];
};

const path = process.argv[2] ?? '';
const provider = load(path);
provider.then(
  (methods) => tell({ methods: namesOf(methods).filter((name) => typeof methods[name] === 'function') }),
  (error: unknown) => tell({ unusable: plain(error).message }),
);

process.on('message', ({ id, method, argument }: Call) => {
  void provider
    .then((methods) => methods[method]?.(argument))
    .then(
      (result) => tell({ id, result: result ?? null }),
      (error: unknown) => tell({ id, error: plain(error) }),
    );
});
// Nobody is there any more to do it for.
process.on('disconnect', () => process.exit(0));

/** Milliseconds between two looks whether the plane is there. */
const LOOK = 1_000;
/** A module that never lets go of its thread hears of nothing: another thread looks, too. */
const WATCH = `setInterval(() => { if (process.ppid !== ${process.ppid}) process.kill(process.pid, 'SIGKILL'); }, ${LOOK});`;
new Worker(WATCH, { eval: true }).unref();
