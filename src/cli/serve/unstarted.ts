/** Why a plane did not start. */
import type { Contexts } from '../connection/contexts.ts';
import { Failure } from '../failure/failure.ts';

interface Holder {
  readonly pid: number;
  readonly since?: string;
  readonly port?: number;
}

interface Named {
  readonly name: string;
  readonly contexts: Contexts;
  /** Whether its folder is that of its name. */
  readonly isNamed: boolean;
}

export function runsAlready({ pid, since, port }: Holder, { name, contexts }: Named): Failure {
  const { plane, director } = contexts.all()[name] ?? {};
  const address = plane?.pid === pid ? director?.replace(/\/director$/, '') : undefined;
  const where = address ?? (port === undefined ? 'it has no address yet' : `port ${port}`);
  return new Failure(
    'conflict',
    `The plane ${name} runs already: ${where}, process ${pid}${since === undefined ? '' : `, since ${since}`}.`,
    {
      hint: `Use that one, or stop it: \`compass stop ${name}\`. Another one beside it has a name of its own: \`compass serve --local --instance NAME\`.`,
      details: { instance: name, pid, since: since ?? null, port: port ?? null },
    },
  );
}

/** Why the plane did not start, where that is not a fault of ours. */
export function unstarted(error: unknown, plane: Named): unknown {
  const holder = (error as { holder?: Holder }).holder;
  if (holder !== undefined && plane.isNamed) return runsAlready(holder, plane);
  const { code, port, message } = error as NodeJS.ErrnoException & { port?: number };
  if (code === 'EADDRINUSE')
    return new Failure('conflict', `Port ${port} is taken by another program.`, {
      hint: 'Choose another with --port and --mtls-port; 0 takes any free one.',
      details: { port },
      cause: error,
    });
  if (/^COMPASS_[A-Z_]+/.test(message))
    return new Failure('usage', message, { hint: 'Correct the setting, or leave it out.', cause: error });
  if ((error as Error).name === 'ModuleError')
    return new Failure('failed', message, { hint: 'See docs/provisioner.md for what a provider is made of.', cause: error });
  if (code === 'EACCES' || code === 'EADDRNOTAVAIL' || code === 'ENOENT') return new Failure('failed', message, { cause: error });
  return error;
}
