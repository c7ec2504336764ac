import { HealthChecksDocument } from '../src/client/director.generated.ts';
import { send } from '../src/client/http.ts';
import { everyRow } from '../src/cli/connection/paging.ts';
import { RemoteCommand } from '../src/cli/frame/remote-command.ts';
import { SYSTEMS } from '../src/cli/connection/session.ts';
import { table } from '../src/cli/output/view.ts';

interface Row {
  readonly system: string;
  readonly condition: string;
  readonly milliseconds: number | null;
  readonly message: string | null;
}

const unreached = (system: string, { message }: Error): Row => ({ system, condition: 'FAILED', milliseconds: null, message });

export default class Health extends RemoteCommand<typeof Health> {
  static override summary = 'Tell whether the systems of the management plane are well, and what the Director has checked.';
  static override examples = ['<%= config.bin %> <%= command.id %>', '<%= config.bin %> <%= command.id %> --output json'];

  protected async execute() {
    const { context } = this.session;
    const systems = SYSTEMS.filter((system) => context[system] !== undefined);
    const states = await Promise.allSettled(systems.map((system) => this.#stateOf(system, `${context[system]}/healthz`)));
    const [first] = states;
    // nobody is there: told as by any other command
    if (first?.status === 'rejected' && states.every(({ status }) => status === 'rejected')) throw first.reason;
    const rows = states.map((state, index) =>
      state.status === 'fulfilled' ? state.value : unreached(systems[index]!, state.reason as Error),
    );
    if (rows[0]?.condition === 'SUCCEEDED') rows.push(...(await this.#checks()));
    return table(
      rows,
      [
        { title: 'SYSTEM', of: ({ system }) => system },
        { title: 'CONDITION', of: ({ condition }) => condition },
        { title: 'MS', of: ({ milliseconds }) => milliseconds },
        { title: 'MESSAGE', of: ({ message }) => message },
      ],
      'The context has no addresses.',
    );
  }

  async #stateOf(system: string, url: string): Promise<Row> {
    const begun = performance.now();
    const { tls } = this.session;
    const { status } = await send(url, { timeout: 5_000, ...(tls === undefined ? {} : { tls }) });
    const milliseconds = Math.round(performance.now() - begun);
    return { system, condition: status === 200 ? 'SUCCEEDED' : 'FAILED', milliseconds, message: status === 200 ? null : `HTTP ${status}` };
  }

  /** In the words of the schema: a condition is SUCCEEDED or FAILED. */
  async #checks(): Promise<Row[]> {
    const checks = await everyRow(async (bounds) => (await this.director.request(HealthChecksDocument, bounds)).page);
    return checks.map(({ type, condition, origin, message }) => ({
      system: [type, origin].filter(Boolean).join(' '),
      condition,
      milliseconds: null,
      message: message ?? null,
    }));
  }
}
