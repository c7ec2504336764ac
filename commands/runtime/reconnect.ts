import { RuntimeDocument } from '../../src/client/director.generated.ts';
import { ProvisionedConnectionDocument, ReconnectRuntimeAgentDocument } from '../../src/client/provisioner.generated.ts';
import { Failure } from '../../src/cli/failure/failure.ts';
import { named, needed } from '../../src/cli/frame/flags.ts';
import { missing } from '../../src/cli/objects/resolve.ts';
import { RuntimeCommand, WAIT_FLAGS } from '../../src/cli/runtime/command.ts';
import { runtimeCard } from '../../src/cli/views/runtime.ts';
import { until } from '../../src/cli/wait/wait.ts';

export default class RuntimeReconnect extends RuntimeCommand<typeof RuntimeReconnect> {
  static override summary = 'Give the agent of a provisioned runtime a new one-time token, so that it pairs again.';
  static override examples = ['<%= config.bin %> <%= command.id %> prod', '<%= config.bin %> <%= command.id %> prod --no-wait'];
  static override args = { runtime: needed('Name or id of the runtime.') };
  static override flags = named(WAIT_FLAGS);

  protected async execute() {
    const { runtime: name } = this.args;
    const id = await this.idOf('runtime', name);
    await this.begin(name, id, () => this.provisioner.request(ReconnectRuntimeAgentDocument, { id }));
    // The answer is the same where there is nobody to reconnect.
    await this.about(name, () => this.#checkAwake(id, name));
    if (this.flags.wait) {
      this.output.note(`Waiting until the agent of ${name} has connected …`);
      await until(async () => ((await this.#isConnected(id)) ? true : undefined), {
        what: `the agent of ${name}`,
        timeout: this.flags.timeout,
      });
    }
    const { runtime } = await this.director.request(RuntimeDocument, { id });
    if (runtime === null) throw missing('runtime', name);
    return runtimeCard(runtime, this.flags.wait ? `The agent of ${name} has connected.` : `The agent of ${name} has a new token.`);
  }

  /** @throws Failure conflict where its cluster sleeps: nobody would ever connect; not_found where it is not the Provisioner's */
  async #checkAwake(id: string, name: string): Promise<void> {
    const known = await this.details.runtime(id);
    const asleep = known ? known.asleep : await this.#isHibernated(id);
    if (asleep)
      throw new Failure('conflict', `Runtime ${name} sleeps, and so does its agent.`, {
        hint: `Wake it: \`compass runtime wake ${name}\`.`,
      });
  }

  async #isHibernated(id: string): Promise<boolean> {
    const { runtime } = await this.provisioner.request(ProvisionedConnectionDocument, { id });
    return runtime?.hibernationStatus?.hibernated === true;
  }

  async #isConnected(id: string): Promise<boolean> {
    const { runtime } = await this.provisioner.request(ProvisionedConnectionDocument, { id });
    return runtime?.runtimeConnectionStatus?.status === 'Connected';
  }
}
