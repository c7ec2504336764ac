/** What the commands about provisioned runtimes share: operations are begun, followed to their end, and told about. */
import { Flags, type Command } from '@oclif/core';
import { GraphQLError } from '../../client/errors.ts';
import { RuntimeOperationDocument, type OperationDetailsFragment } from '../../client/provisioner.generated.ts';
import { provisionerDetails, type OperationDetails, type ProvisionerDetails } from '../../client/provisioner-details.ts';
import { Failure } from '../failure/failure.ts';
import { failureOf } from '../failure/failure-of.ts';
import { time } from '../frame/flags.ts';
import { fileContent, placeOf } from '../input/input.ts';
import { RemoteCommand } from '../frame/remote-command.ts';
import type { Card } from '../output/view.ts';
import { operationCard } from '../views/runtime.ts';
import { until } from '../wait/wait.ts';
import { hintFor } from './hints.ts';
import { settingsFrom, type SettingsFileOptions } from './settings-file.ts';
import { progressOn } from './progress.ts';

/** What starting commands take. */
export const WAIT_FLAGS = {
  wait: Flags.boolean({ summary: 'Stay until the operation is over; --no-wait prints it and leaves.', default: true, allowNo: true }),
  timeout: time({ summary: 'How long to wait at most.', default: 600_000, defaultHelp: async () => '10m' }),
};

const BUSY = /cannot start new operation for \S+ Runtime while previous one is in progress/;

/** Where an operation is, told by any Compass, or better by ours. */
type Seen = OperationDetailsFragment & Partial<Pick<OperationDetails, 'stage' | 'stages' | 'startedAt'>>;

const isOver = ({ state }: Seen) => state !== 'Pending' && state !== 'InProgress';

/** The stage that the message of an operation names, where nothing else does. */
const stageIn = ({ stage, message }: Seen) => stage ?? /Stage (\w+)$/.exec(message ?? '')?.[1] ?? message ?? '';

/** An installation tells itself how far it is. */
const farIn = ({ message }: Seen, stage: string) => (message?.startsWith('Installation ') ? message : stage);

export abstract class RuntimeCommand<T extends typeof Command> extends RemoteCommand<T> {
  #details: ProvisionerDetails | undefined;

  protected get details(): ProvisionerDetails {
    const { context, token, tls } = this.session;
    if (context.provisioner === undefined)
      throw new Failure('usage', 'The context has no address of the provisioner.', {
        hint: 'Add it with `compass context add --provisioner-url`.',
      });
    return (this.#details ??= provisionerDetails({
      base: context.provisioner,
      token,
      tenant: context.tenant,
      tls,
      onRequest: ({ url, status }) => this.output.trace(`${url} ${status}`),
    }));
  }

  /** Begins an operation; a runtime that is being changed already tells by which, and since when. @throws Failure */
  protected async begin<R>(name: string, runtimeId: string, start: () => Promise<R>): Promise<R> {
    try {
      return await start();
    } catch (error) {
      if (error instanceof GraphQLError && BUSY.test(error.message)) throw await this.#busy(name, runtimeId, error);
      throw hinted(error, name);
    }
  }

  /** Asks about a runtime. @throws Failure with what to do, where that is known */
  protected about = <R>(name: string, ask: () => Promise<R>): Promise<R> =>
    ask().catch((error: unknown) => {
      throw hinted(error, name);
    });

  async #busy(name: string, runtimeId: string, cause: GraphQLError): Promise<Failure> {
    const operation = (await this.details.operations(runtimeId))?.find(({ state }) => state === 'InProgress');
    const what = operation
      ? ` by operation ${operation.id} (${operation.operation}) since ${operation.startedAt}, stage ${operation.stage}`
      : '';
    return new Failure('conflict', `Runtime ${name} is being changed${what}.`, {
      hint: `Wait until it is over: \`compass runtime status ${name}\` tells how far it is.`,
      details: { operation: operation ?? null },
      cause,
    });
  }

  /** The input that a file holds, checked before anything is sent. @throws Failure usage */
  protected settingsIn = async (file: string, input: SettingsFileOptions['input'], given: readonly string[] = []) =>
    settingsFrom(await fileContent(this.host, file), { place: placeOf(file), input, given });

  /** Follows an operation that was just begun, saying what is done; answers at once with --no-wait. @throws Failure as `followed` */
  protected async finished(
    operation: OperationDetailsFragment | null,
    { name, doing, done }: { readonly name: string; readonly doing: string; readonly done: string },
  ): Promise<Card> {
    const { wait } = this.flags as { wait: boolean };
    if (operation?.id === null || operation?.id === undefined) throw new Failure('operation_failed', 'The Provisioner named no operation.');
    if (!wait) return operationCard(operation, `Under way: \`compass runtime status ${name}\` tells how far it is.`);
    this.output.note(`${doing} (operation ${operation.id}) …`);
    return operationCard(await this.followed(operation.id, name), done);
  }

  async #look(id: string): Promise<Seen | undefined> {
    const better = await this.details.operation(id);
    if (better) return better as Seen;
    return (await this.provisioner.request(RuntimeOperationDocument, { id })).operation ?? undefined;
  }

  /** The operation when it has succeeded, its stages shown meanwhile. @throws Failure operation_failed, timed_out */
  protected async followed(id: string, name: string): Promise<OperationDetailsFragment> {
    const { timeout, quiet } = this.flags as { timeout: number; quiet?: boolean };
    const progress = progressOn(this.host, quiet === true);
    const began = Date.now();
    let trouble = '';
    const left = () => {
      progress.done();
      this.output.note(`The operation goes on: \`compass runtime status ${name}\` tells how far it is.`);
    };
    process.once('exit', left);
    try {
      const operation = await until(
        async () => {
          const seen = await this.#look(id);
          if (seen === undefined) throw new Failure('operation_failed', `The Provisioner does not know operation ${id}.`);
          const { stages = [], startedAt, lastError } = seen;
          if (!isOver(seen)) {
            const stage = stageIn(seen);
            progress.stage(farIn(seen, stage), stages.indexOf(stage) + 1, stages.length, startedAt ? Date.parse(startedAt) : began);
            const now = lastError?.errMessage ?? '';
            if (now !== '' && now !== trouble) progress.line(`${now}; it is tried again`);
            trouble = now;
          }
          return isOver(seen) ? seen : undefined;
        },
        { what: `operation ${id}`, timeout },
      );
      if (operation.state === 'Failed') throw failed(operation, name);
      return operation;
    } catch (error) {
      // Whoever is asked is gone, or out of its mind; what it began it takes up again.
      if (!(error instanceof Failure)) left();
      if (!(error instanceof Failure) || error.code !== 'timed_out') throw error;
      throw new Failure('timed_out', error.message, {
        hint: `The operation goes on: \`compass runtime status ${name}\` tells how far it is; --timeout allows more time.`,
        details: { ...error.details, operation: id },
      });
    } finally {
      process.off('exit', left);
      progress.done();
    }
  }
}

function failed(operation: Seen, name: string): Failure {
  const { lastError, message, id } = operation;
  const words = lastError?.errMessage || message || `Operation ${id} failed.`;
  return new Failure('operation_failed', words.replace(TWICE, ''), {
    hint: (
      hintFor(lastError?.reason ?? '', lastError?.component ?? '', lastError?.errMessage ?? '') ??
      '`compass runtime logs NAME` tells how it came to this.'
    ).replaceAll('NAME', name),
    details: { ...operation },
  });
}

/** The Director may know it all the same: whoever registered it is not the Provisioner. */
export const notProvisioned = (name: string, cause?: Error): Failure =>
  new Failure('not_found', `Runtime ${name} was not provisioned here.`, {
    hint: `\`compass runtime get ${name}\` tells what the Director knows of it; \`compass runtime provision\` makes a new one.`,
    ...(cause === undefined ? {} : { cause }),
  });

const UNKNOWN = /^Cannot find Tenant for runtimeID/;
/** Some messages of the reference begin with it, and so does the line that shows them. */
const TWICE = /^error: /;

/** A refusal of the Provisioner, with what to do about it where that is known. */
function hinted(error: unknown, name: string): unknown {
  if (!(error instanceof GraphQLError)) return error;
  if (UNKNOWN.test(error.message)) return notProvisioned(name, error);
  const { error_reason: reason, error_component: component } = error.errors[0]?.extensions ?? {};
  const hint = hintFor(String(reason ?? ''), String(component ?? ''), error.message)?.replaceAll('NAME', name);
  if (hint === undefined) return error;
  const { code, message, details } = failureOf(error);
  return new Failure(code, message.replace(TWICE, ''), { hint, details, cause: error });
}
