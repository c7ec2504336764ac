import { Args, Flags } from '@oclif/core';
import { ApplicationStatusDocument, FormationDocument, RuntimeConnectionDocument } from '../src/client/director.generated.ts';
import { CertificateError, HttpError, TimeoutError, UnreachableError } from '../src/client/errors.ts';
import { send } from '../src/client/http.ts';
import { Failure } from '../src/cli/failure.ts';
import { named, optional, time } from '../src/cli/flags.ts';
import { RemoteCommand } from '../src/cli/remote-command.ts';
import { idOf } from '../src/cli/resolve.ts';
import { card } from '../src/cli/view.ts';
import { until } from '../src/cli/wait.ts';

const KINDS = ['plane', 'application', 'runtime', 'formation'] as const;
type Kind = (typeof KINDS)[number];

/** What is waited for where --for says nothing. */
const USUAL: Readonly<Record<Kind, string>> = { plane: 'READY', application: 'CONNECTED', runtime: 'CONNECTED', formation: 'READY' };

export default class Wait extends RemoteCommand<typeof Wait> {
  static override summary = 'Wait until the plane, an application, a runtime or a formation is in a state.';
  static override description = 'Exits with 7 when the time is over. An object that is not there yet is waited for, too.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> plane --timeout 30s',
    '<%= config.bin %> <%= command.id %> runtime prod --for CONNECTED',
    '<%= config.bin %> <%= command.id %> formation orders --for READY --timeout 2m',
  ];
  static override args = {
    kind: Args.string({ description: 'What is waited for.', required: true, options: [...KINDS], ignoreStdin: true }),
    name: optional('Name or id; none for the plane.'),
  };
  static override flags = named({
    for: Flags.string({
      summary: 'State to wait for; READY for the plane and formations, CONNECTED for the others unless given.',
      helpValue: 'STATE',
    }),
    timeout: time({ summary: 'How long at most.', default: 60_000, defaultHelp: async () => '1m' }),
    interval: time({ summary: 'Time between two looks.', default: 250, defaultHelp: async () => '250ms' }),
  });

  protected async execute() {
    const { name } = this.args;
    const kind = this.args.kind as Kind;
    const state = this.flags.for ?? USUAL[kind];
    if (kind !== 'plane' && name === undefined) throw new Failure('usage', `Name the ${kind} to wait for.`);
    const what = kind === 'plane' ? 'the management plane' : `${kind} ${name} to be ${state}`;
    const seen = await until(async () => ((await this.#state(kind, name ?? '')) === state ? state : undefined), {
      what,
      timeout: this.flags.timeout,
      interval: this.flags.interval,
    });
    return card({ kind, name: name ?? null, state: seen }, { [kind === 'plane' ? 'Plane' : (name ?? '')]: seen });
  }

  async #state(kind: Kind, name: string): Promise<string | undefined> {
    try {
      switch (kind) {
        case 'plane':
          return await this.#plane();
        case 'application':
          return (await this.director.request(ApplicationStatusDocument, { id: await idOf(this.director, kind, name) })).application?.status
            .condition;
        case 'runtime':
          return (await this.director.request(RuntimeConnectionDocument, { id: await idOf(this.director, kind, name) })).runtime?.status
            .condition;
        case 'formation':
          return (await this.director.request(FormationDocument, { id: await idOf(this.director, kind, name) })).formation?.status
            .condition;
      }
    } catch (error) {
      if (isPassing(error)) return undefined;
      throw error;
    }
  }

  async #plane(): Promise<string | undefined> {
    const { status } = await send(`${this.session.context.director}/readyz`, {
      timeout: 5000,
      ...(this.session.tls === undefined ? {} : { tls: this.session.tls }),
    });
    return status === 200 ? 'READY' : undefined;
  }
}

/** Whether waiting can mend it. */
function isPassing(error: unknown): boolean {
  if (error instanceof Failure) return error.code === 'not_found';
  return (
    !(error instanceof CertificateError) &&
    (error instanceof UnreachableError || error instanceof TimeoutError || error instanceof HttpError)
  );
}
