import { Args, Flags } from '@oclif/core';
import { ApplicationStatusDocument, FormationDocument, RuntimeConnectionDocument } from '../src/client/director.generated.ts';
import { CertificateError, HttpError, TimeoutError, UnreachableError } from '../src/client/errors.ts';
import { send } from '../src/client/http.ts';
import { Failure } from '../src/cli/failure/failure.ts';
import { failureOf } from '../src/cli/failure/failure-of.ts';
import { Contexts } from '../src/cli/connection/contexts.ts';
import { openSession, type SessionFlags } from '../src/cli/connection/session.ts';
import { given } from '../src/cli/input/input.ts';
import { named, optional, time } from '../src/cli/frame/flags.ts';
import { RemoteCommand } from '../src/cli/frame/remote-command.ts';
import { idOf } from '../src/cli/objects/resolve.ts';
import { card } from '../src/cli/output/view.ts';
import { GONE, stateOf, WAITABLE, type Waitable } from '../src/cli/wait/states.ts';
import { until } from '../src/cli/wait/wait.ts';

export default class Wait extends RemoteCommand<typeof Wait> {
  static override summary = 'Wait until the plane, an application, a runtime or a formation is in a state.';
  static override description =
    'Exits with 7 when the time is over, and says how it stood. An object that is not there yet is waited for, too; --for GONE waits until it is there no more.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> plane --timeout 30s',
    '<%= config.bin %> <%= command.id %> runtime prod --for CONNECTED',
    '<%= config.bin %> <%= command.id %> formation orders --for READY --timeout 2m',
    '<%= config.bin %> <%= command.id %> app shop --for GONE',
  ];
  static override args = {
    kind: Args.string({
      description: 'What is waited for.',
      required: true,
      options: ['plane', 'app', ...WAITABLE.slice(1)],
      ignoreStdin: true,
    }),
    name: optional('Name or id; none for the plane.'),
  };
  static override flags = named({
    for: Flags.string({
      summary: 'State to wait for; READY for the plane and formations, CONNECTED for the others unless given.',
      helpValue: 'STATE',
    }),
    timeout: time({ summary: 'How long to wait at most.', default: 60_000, defaultHelp: async () => '1m' }),
    interval: time({ summary: 'Time between two looks.', default: 250, defaultHelp: async () => '250ms' }),
  });

  /** How it stood at the last look, for people. */
  #stood: string | undefined;

  protected async execute() {
    const { name } = this.args;
    const kind = this.args.kind === 'app' ? 'application' : (this.args.kind as Waitable);
    const state = stateOf(kind, this.flags.for);
    if (kind !== 'plane' && name === undefined) throw new Failure('usage', `Name the ${kind} to wait for.`);
    const what = kind === 'plane' ? 'the management plane' : `${kind} ${name} to be ${state}`;
    let told: string | undefined;
    const look = async () => {
      if ((await this.#look(kind, name ?? '')) === state) return state;
      if (this.#stood !== told) this.output.note(`Waiting for ${what}: ${this.#stood} …`);
      told = this.#stood;
      return undefined;
    };
    await until(look, {
      what,
      timeout: this.flags.timeout,
      interval: this.flags.interval,
      seen: () => this.#stood,
      hint: hintFor(kind, state, name ?? ''),
    });
    return card({ kind, name: name ?? null, state }, { [kind === 'plane' ? 'Plane' : (name ?? '')]: state });
  }

  /** Undefined while nobody answers. */
  async #look(kind: Waitable, name: string): Promise<string | undefined> {
    try {
      const state = kind === 'plane' ? await this.#plane() : await this.#state(kind, name);
      if (state !== undefined) this.#stood = state === GONE ? 'there is none' : `it is ${state}`;
      return state;
    } catch (error) {
      if (!isPassing(error) && !(kind === 'plane' && isUnknown(error))) throw error;
      this.#stood = (error as Error).message;
      return undefined;
    }
  }

  async #state(kind: Exclude<Waitable, 'plane'>, name: string): Promise<string> {
    try {
      return (await this.#condition(kind, await idOf(this.director, kind, name))) ?? GONE;
    } catch (error) {
      if (failureOf(error).code === 'not_found') return GONE;
      throw error;
    }
  }

  async #condition(kind: Exclude<Waitable, 'plane'>, id: string): Promise<string | undefined> {
    switch (kind) {
      case 'application':
        return (await this.director.request(ApplicationStatusDocument, { id })).application?.status.condition;
      case 'runtime':
        return (await this.director.request(RuntimeConnectionDocument, { id })).runtime?.status.condition;
      case 'formation':
        return (await this.director.request(FormationDocument, { id })).formation?.status.condition;
    }
  }

  /** The context is read anew each time: a plane that is just starting has none yet, or will write another one. */
  async #plane(): Promise<string | undefined> {
    const { context, tls } = openSession(new Contexts(this.host.env), this.flags as SessionFlags);
    const url = `${context.director}/readyz`;
    const { status } = await send(url, { timeout: 5000, ...given({ tls }) });
    this.#stood = `${url} answered ${status}`;
    return status === 200 ? 'READY' : undefined;
  }
}

/** Whether waiting can mend it. */
function isPassing(error: unknown): boolean {
  return (
    !(error instanceof CertificateError) &&
    (error instanceof UnreachableError || error instanceof TimeoutError || error instanceof HttpError)
  );
}

/** A plane that is just starting has no context yet. */
const isUnknown = (error: unknown) => error instanceof Failure && (error.code === 'no_context' || error.code === 'context_not_found');

/** What brings the state about; --timeout helps with the others. */
function hintFor(kind: Waitable, state: string, name: string): string | undefined {
  if (kind === 'application' && state === 'CONNECTED')
    return `It is CONNECTED once it has called the Director with its certificate; \`compass app connect ${name}\` gives it one.`;
  if (kind === 'runtime' && state === 'CONNECTED')
    return `Its agent connects it: \`compass runtime status ${name}\` and \`logs\` tell how far that is.`;
  return kind === 'formation' ? `\`compass formation explain ${name}\` says what it waits for.` : undefined;
}
