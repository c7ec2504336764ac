/** A command about the agent of a runtime: in which folder it works, and whom it trusts. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Command, Flags } from '@oclif/core';
import { Failure } from '../failure/failure.ts';
import { dataFolder } from '../connection/paths.ts';
import { RemoteCommand } from './remote-command.ts';
import { agentCard, type AgentView } from '../views/agent.ts';
import type { Card } from '../output/view.ts';

/** Flags that name an agent. */
export const AGENT_FLAGS = {
  dir: Flags.string({ summary: "The agent's folder; one below the data folder unless given.", helpValue: 'DIR' }),
  'ca-file': Flags.string({ summary: "PEM of the authority of the plane's certificates; the context's unless given.", helpValue: 'FILE' }),
};

/** What to do where none is found. */
export const NO_AGENT =
  'Start one with `compass agent run --runtime NAME`; agents of provisioned runtimes are shown by `compass runtime status` and `logs`.';

export abstract class AgentCommand<T extends typeof Command> extends RemoteCommand<T> {
  /** @throws Failure input_needed where neither a folder nor a runtime is named */
  protected folder(runtime: string | undefined): string {
    const { dir } = this.flags as { dir?: string };
    if (dir !== undefined) return resolve(dir);
    if (runtime === undefined)
      throw new Failure('input_needed', 'Neither a folder nor a runtime says which agent is meant.', { details: { flags: ['--dir'] } });
    return join(dataFolder(this.host.env), 'agents', encodeURIComponent(runtime));
  }

  /** PEM. An agent with a token of its own needs no context. @throws Failure file_unreadable */
  protected authority(): string | undefined {
    const file = this.authorityFile;
    if (file === undefined) return undefined;
    try {
      return readFileSync(file, 'utf8');
    } catch (error) {
      throw new Failure('file_unreadable', `${file} can't be read: ${(error as Error).message}`, { cause: error });
    }
  }

  protected get authorityFile(): string | undefined {
    return (this.flags as { 'ca-file'?: string })['ca-file'] ?? this.#contextAuthority();
  }

  protected unknownAgent(dir: string): Failure {
    return new Failure('not_found', `No agent has worked in ${dir}.`, { hint: NO_AGENT, details: { dir } });
  }

  /** What a round came to. @throws Failure not_found, failed, timed_out */
  protected shownRound(asked: { readonly outcome: 'done' | 'failed' | 'late'; readonly status: AgentView } | undefined, dir: string): Card {
    if (!asked) throw this.unknownAgent(dir);
    const { outcome, status } = asked;
    const error = status.connection.error ?? status.synchronization.error ?? status.state;
    if (outcome === 'failed') throw new Failure('failed', error, { details: { dir, state: status.state } });
    if (outcome === 'late')
      throw new Failure('timed_out', `The agent in ${dir} did not do it in time.`, { details: { dir, state: status.state } });
    return agentCard(status, dir);
  }

  #contextAuthority(): string | undefined {
    try {
      return this.session.context.caFile;
    } catch (error) {
      if (error instanceof Failure && error.code === 'no_context') return undefined;
      throw error;
    }
  }
}
