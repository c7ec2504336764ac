/** A command that talks to a Compass. */
import type { Command, Interfaces } from '@oclif/core';
import type { Client } from '../../client/client.ts';
import { BaseCommand } from './base-command.ts';
import { Contexts, LOCAL } from '../connection/contexts.ts';
import { Failure } from '../failure/failure.ts';
import { failureOf } from '../failure/failure-of.ts';
import { CONNECTION_FLAGS } from './flags.ts';
import { given } from '../input/input.ts';
import { idOf, type KindName } from '../objects/resolve.ts';
import { clientFor, openSession, type Session, type SessionFlags, type System } from '../connection/session.ts';

const NO_TOKEN = 'No token was shown: give one as COMPASS_TOKEN, or keep it in a context: `compass context add NAME --token-stdin`.';

/** What starts a plane of this machine again. */
const restartHint = (name = LOCAL) =>
  `The plane ${name} does not run: \`compass serve --local${name === LOCAL ? '' : ` --instance ${name}`}\` starts it; \`compass context list\` shows others.`;

const withHint = ({ code, message, details, cause }: Failure, hint: string) => new Failure(code, message, { hint, details, cause });

export abstract class RemoteCommand<T extends typeof Command> extends BaseCommand<T> {
  static override baseFlags: Interfaces.FlagInput = { ...BaseCommand.baseFlags, ...CONNECTION_FLAGS };

  #session: Session | undefined;
  readonly #clients = new Map<System, Client>();

  protected get session(): Session {
    return (this.#session ??= openSession(new Contexts(this.host.env), this.flags as SessionFlags));
  }

  protected get director(): Client {
    return this.client('director');
  }

  protected get provisioner(): Client {
    return this.client('provisioner');
  }

  /** For one request, in milliseconds; the client's own unless given. */
  protected get requestTimeout(): number | undefined {
    return undefined;
  }

  /** Sent along with each request. */
  protected get requestHeaders(): Readonly<Record<string, string>> | undefined {
    return undefined;
  }

  /** Where nothing was shown that tells who is calling, that is what is amiss. */
  override async catch(error: Error): Promise<never> {
    const failure = failureOf(error);
    const { token, context } = this.#session ?? {};
    const stopped = failure.code === 'unreachable' && this.#session?.context.plane !== undefined;
    if (stopped) return super.catch(withHint(failure, restartHint(this.#session!.name)));
    const isUnknown =
      failure.code === 'not_authorised' && this.#session !== undefined && token === undefined && context?.certFile === undefined;
    return super.catch(isUnknown ? withHint(failure, NO_TOKEN) : error);
  }

  /** The id of what the user names. @throws Failure not_found, ambiguous_name */
  protected idOf(kind: KindName, asked: string): Promise<string> {
    return idOf(this.director, kind, asked);
  }

  protected client(system: System): Client {
    let client = this.#clients.get(system);
    if (client === undefined) {
      client = clientFor(this.session, system, {
        ...given({ timeout: this.requestTimeout, headers: this.requestHeaders }),
        onRequest: ({ url, status, milliseconds, requestId }) =>
          this.output.trace(`${url} ${status} in ${milliseconds.toFixed(0)} ms (request ${requestId})`),
      });
      this.#clients.set(system, client);
    }
    return client;
  }
}
