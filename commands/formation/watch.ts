import { Flags } from '@oclif/core';
import { Failure } from '../../src/cli/failure/failure.ts';
import { named, needed, time } from '../../src/cli/frame/flags.ts';
import { type Following, type Happening, happenings, lineOf, namesIn } from '../../src/cli/formation/follow.ts';
import { type Progress, progressOf } from '../../src/cli/formation/progress.ts';
import { restOf } from '../../src/cli/formation/notifications.ts';
import { RemoteCommand } from '../../src/cli/frame/remote-command.ts';
import { printable } from '../../src/cli/output/table.ts';
import { silence } from '../../src/cli/output/view.ts';

const ENDS = ['ready', 'error', 'settled', 'gone'] as const;
type End = (typeof ENDS)[number];

/** Milliseconds between two looks at the status, and after an event before the next look. */
const LOOKS = { pace: 2_000, settling: 50 };

export default class FormationWatch extends RemoteCommand<typeof FormationWatch> {
  static override summary = 'Follow live what happens to a formation: states, calls and reports.';
  static override description =
    'Goes on until Ctrl-C, or until the formation is as --until says: ready, error, settled (either of them; an error exits with 1) or gone. Exits with 7 when the time is over.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> orders',
    '<%= config.bin %> <%= command.id %> orders --until ready --timeout 2m',
    '<%= config.bin %> <%= command.id %> orders --until settled --output ndjson',
  ];
  static override args = { formation: needed('Name or id of the formation.') };
  static override flags = named({
    until: Flags.option({ options: ENDS })({ summary: 'End when the formation is so.' }),
    timeout: time({ summary: 'How long to watch at most.' }),
  });

  readonly #over = new AbortController();
  #names = new Map<string, string>();
  #told: Happening[] = [];

  protected async execute() {
    const { until, timeout } = this.flags;
    const id = await this.idOf('formation', this.args.formation);
    const first = await progressOf(this.director, id, this.args.formation);
    this.#names = namesIn(first);
    this.output.note(`Formation ${first.formation.name} is ${first.formation.status.condition}.`);
    if (this.#isEnd(until, first)) return this.#conclude(until, first);
    let isLate = false;
    const late = timeout === undefined ? undefined : setTimeout(() => this.#end(() => (isLate = true)), timeout);
    let last: Progress | undefined = first;
    const look = async () => {
      last = await this.#look(id);
      if (this.#isEnd(until, last)) this.#over.abort();
      return last;
    };
    await this.#follow(id, first, look).finally(() => clearTimeout(late));
    if (isLate)
      throw new Failure(
        'timed_out',
        `Formation ${first.formation.name} is ${last?.formation.status.condition ?? 'gone'} after ${timeout! / 1000} s.`,
        {
          hint: `\`compass formation explain ${first.formation.name}\` says what it waits for.`,
          details: { condition: last?.formation.status.condition ?? null },
        },
      );
    return this.#conclude(until, last);
  }

  #end(note: () => void): void {
    note();
    this.#over.abort();
  }

  /** Tells what happens, and looks at the formation after each burst, and from time to time. */
  async #follow(id: string, first: Progress, look: Following['look']): Promise<void> {
    const { signal } = this.#over;
    const { director, ...rest } = { ...restOf(this.session), director: this.session.context.director };
    const gateway = { ...rest, url: director.replace(/\/director\/?$/, '') };
    let failure: unknown;
    const watched = () => look().catch((error: unknown) => this.#end(() => (failure = error)));
    const pace = setInterval(() => void watched(), LOOKS.pace);
    let burst: NodeJS.Timeout | undefined;
    const onLost = (error: Error) => {
      this.output.warn(`${error.message}; trying again.`);
    };
    try {
      for await (const happening of happenings({ gateway, formation: id, signal, onLost, look }, first)) {
        await this.#tell(id, happening);
        clearTimeout(burst);
        burst = setTimeout(() => void watched(), LOOKS.settling);
      }
    } finally {
      clearInterval(pace);
      clearTimeout(burst);
    }
    if (failure !== undefined) throw failure;
  }

  async #look(id: string): Promise<Progress | undefined> {
    try {
      const progress = await progressOf(this.director, id, this.args.formation);
      for (const [key, name] of namesIn(progress)) this.#names.set(key, name);
      return progress;
    } catch (error) {
      const code =
        error instanceof Error && 'errors' in error
          ? (error.errors as { extensions?: { error_code?: number } }[])[0]?.extensions?.error_code
          : undefined;
      if (code === 20 || (error instanceof Failure && error.code === 'not_found')) return undefined;
      throw error;
    }
  }

  async #tell(id: string, happening: Happening): Promise<void> {
    const { source, target } = happening.data;
    if ([source, target].some((one) => typeof one === 'string' && !this.#names.has(one))) await this.#look(id);
    const { format } = this.output;
    if (format === 'ndjson') this.host.stdout.write(`${JSON.stringify(happening)}\n`);
    else if (this.output.machine) this.#told.push(happening);
    else this.host.stdout.write(`${printable(lineOf(happening, this.#names))}\n`);
  }

  #isEnd(until: End | undefined, progress: Progress | undefined): boolean {
    const condition = progress?.formation.status.condition;
    if (condition === undefined) return true;
    if (until === 'settled') return condition === 'READY' || condition === 'ERROR';
    return condition === until?.toUpperCase();
  }

  async #conclude(until: End | undefined, progress: Progress | undefined) {
    const { name, status } = progress?.formation ?? { name: this.args.formation, status: undefined };
    const condition = status?.condition ?? 'gone';
    if (until !== undefined && until !== 'gone' && condition === 'gone') throw new Failure('not_found', `Formation ${name} is gone.`);
    if (until === 'settled' && condition === 'ERROR')
      throw new Failure('operation_failed', `Formation ${name} is ERROR.`, {
        hint: `\`compass formation explain ${name}\` says why.`,
        details: { happenings: this.#told },
      });
    this.output.note(`Formation ${name} is ${condition}.`);
    if (this.output.machine && this.output.format !== 'ndjson') await this.output.show({ kind: 'text', value: this.#told, text: '' });
    return silence({ name, condition });
  }
}
