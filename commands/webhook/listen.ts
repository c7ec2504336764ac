import { Flags } from '@oclif/core';
import { type BundleInstanceAuthSetInput, SetBundleInstanceAuthDocument } from '../../src/client/director.generated.ts';
import { Failure } from '../../src/cli/failure/failure.ts';
import { named, time } from '../../src/cli/frame/flags.ts';
import { structuredFile } from '../../src/cli/input/input.ts';
import { register, type Registered, unregister } from '../../src/cli/listen/register.ts';
import { Replies, type Reply } from '../../src/cli/listen/replies.ts';
import { concernedBy, sendReport, wantedIn } from '../../src/cli/listen/report.ts';
import { type Received, startListener } from '../../src/cli/listen/server.ts';
import { type Shown, shownRequest } from '../../src/cli/listen/show.ts';
import { restOf } from '../../src/cli/formation/notifications.ts';
import { RemoteCommand } from '../../src/cli/frame/remote-command.ts';
import { stopAsked } from '../../src/cli/serve/signals.ts';
import { silence } from '../../src/cli/output/view.ts';

const OK: Reply = { status: 200, headers: { 'content-type': 'application/json' }, body: '{}', delay: 0 };
const LATER: Reply = { ...OK, status: 202, report: { after: 0, state: 'READY' } };

export default class WebhookListen extends RemoteCommand<typeof WebhookListen> {
  static override summary = 'Play a receiver of webhooks: print what comes, and answer as told.';
  static override description = `Answers 200 with an empty object, or in turn with the replies of a file (docs/formations.md shows all of it):

    replies: [{status: 500}, {status: 202, report: {after: 2s, state: READY}}]

A report goes to the status API after the answer; formation and assignment are those that the request names as formationId and assignmentId.
A reply with credentials (what "bundle auth set" takes) answers requests for credentials.
With --app and --runtime webhooks that call this receiver are added, and taken away at the end. Ctrl-C ends it.`;
  static override examples = [
    '<%= config.bin %> <%= command.id %> --port 8080',
    '<%= config.bin %> <%= command.id %> --app shop --app crm --mode ASYNC_CALLBACK',
    '<%= config.bin %> <%= command.id %> --app shop --reply replies.yaml',
    '<%= config.bin %> <%= command.id %> --forward-to http://localhost:3000/hooks --output ndjson',
  ];
  static override flags = named({
    port: Flags.integer({ summary: 'Port to listen on; 0 takes any free one.', helpValue: 'PORT', default: 0, min: 0, max: 65_535 }),
    host: Flags.string({ summary: 'Address to listen on.', helpValue: 'HOST', default: '127.0.0.1' }),
    reply: Flags.string({ summary: 'Replies as JSON or YAML; - is standard input.', helpValue: 'FILE', exclusive: ['forward-to'] }),
    'forward-to': Flags.string({ summary: 'Address that gets each request; its answers are given back.', helpValue: 'URL' }),
    app: Flags.string({
      char: 'a',
      summary: 'Application to play, by name or id. May be given several times.',
      helpValue: 'NAME',
      multiple: true,
    }),
    runtime: Flags.string({
      char: 'r',
      summary: 'Runtime to play, by name or id. May be given several times.',
      helpValue: 'NAME',
      multiple: true,
    }),
    mode: Flags.option({ options: ['SYNC', 'ASYNC_CALLBACK'] as const })({
      summary: 'How those that are played answer: at once, or by a report.',
      default: 'SYNC',
    }),
    count: Flags.integer({ summary: 'End after so many requests.', helpValue: 'N', min: 1 }),
    timeout: time({ summary: 'End after this time; with --count the requests must have come by then.' }),
    'show-secrets': Flags.boolean({ summary: 'Show credentials in headers.' }),
  });

  readonly #registered: Registered[] = [];
  #reports: Promise<void>[] = [];

  protected async execute() {
    const { flags } = this;
    const forwardTo = flags['forward-to'];
    if (forwardTo !== undefined && !URL.canParse(forwardTo)) throw new Failure('usage', `${JSON.stringify(forwardTo)} is no address.`);
    const replies = flags.reply === undefined ? undefined : new Replies(await structuredFile(this.host, flags.reply), flags.reply);
    const plain = flags.mode === 'ASYNC_CALLBACK' ? LATER : OK;
    let seen = 0;
    let enough: () => void = () => undefined;
    const counted = new Promise<void>((resolve) => (enough = resolve));
    const listener = await startListener({
      port: flags.port,
      host: flags.host,
      forwardTo,
      reply: (received) => replies?.next(received) ?? plain,
      onRequest: (received, reply) => {
        this.#show(shownRequest(received, reply, flags['show-secrets'], this.#played(received.path)));
        if (reply.report) this.#reports.push(this.#report(received, reply));
        if (reply.credentials) this.#reports.push(this.#give(received, reply.credentials));
        if (++seen === flags.count) enough();
      },
    }).catch((error: NodeJS.ErrnoException) => {
      throw new Failure('failed', `Port ${flags.port} can't be listened on: ${error.message}`, {
        hint: 'Take another --port, or 0 for any free one.',
        cause: error,
      });
    });
    try {
      await this.#register(listener.url, replies?.giveCredentials === true);
      this.output.note(`Listening on ${listener.url}`);
      const isOver = await this.#ended(counted);
      if (isOver === 'late' && flags.count !== undefined)
        throw new Failure('timed_out', `${seen} of ${flags.count} requests came within ${flags.timeout! / 1000} s.`);
      await Promise.all(this.#reports);
    } finally {
      await listener.close();
      for (const one of this.#registered) await unregister(this.director, one);
    }
    return silence({ requests: seen });
  }

  protected override watchSignals(): void {}

  async #register(url: string, credentials: boolean): Promise<void> {
    const { app = [], runtime = [], mode } = this.flags;
    const played = [
      ...app.map((asked) => ({ kind: 'application' as const, asked })),
      ...runtime.map((asked) => ({ kind: 'runtime' as const, asked })),
    ];
    for (const one of played) this.#registered.push(await register(this.director, { ...one, url, mode, credentials }));
  }

  #played(path: string): string | undefined {
    return this.#registered.find((one) => path === one.path)?.name;
  }

  async #ended(counted: Promise<void>): Promise<'asked' | 'enough' | 'late'> {
    const { timeout } = this.flags;
    const ways: Promise<'asked' | 'enough' | 'late'>[] = [counted.then(() => 'enough' as const)];
    if (this.host === process) {
      ways.push(stopAsked(() => this.output.note('Stopping …')).then(() => 'asked' as const));
      // `… | head -1`: nobody reads on.
      ways.push(new Promise((resolve) => process.stdout.once('error', () => resolve('asked'))));
    }
    let timer: NodeJS.Timeout | undefined;
    if (timeout !== undefined) ways.push(new Promise((resolve) => (timer = setTimeout(() => resolve('late'), timeout))));
    const way = await Promise.race(ways);
    clearTimeout(timer);
    return way;
  }

  async #report(received: Received, { report }: Reply): Promise<void> {
    const concerned = concernedBy(received);
    if (!concerned) return this.output.warn('The request names no formationId: nothing can be reported.');
    await new Promise((done) => setTimeout(done, report!.after));
    try {
      const { status, text } = await sendReport(restOf(this.session), concerned, report!);
      this.#show({
        value: { time: new Date().toISOString(), report: { ...concerned, ...report, after: undefined }, status, answer: text },
        lines: [
          `   reported ${report!.state ?? report!.error ?? ''} for ${concerned.assignment ?? concerned.formation} -> ${status} ${text}`.trimEnd(),
        ],
      });
    } catch (error) {
      this.output.warn(`The report failed: ${(error as Error).message}`);
    }
  }

  async #give({ body }: Received, credentials: object): Promise<void> {
    const id = wantedIn(body);
    if (id === undefined) return this.output.warn('The request asks for no credentials: none are given.');
    try {
      const { auth } = await this.director.request(SetBundleInstanceAuthDocument, { id, in: credentials as BundleInstanceAuthSetInput });
      const { condition } = auth.status;
      this.#show({ value: { time: new Date().toISOString(), credentials: id, condition }, lines: [`   credentials ${id}: ${condition}`] });
    } catch (error) {
      this.output.warn(`Credentials ${id} were not taken: ${(error as Error).message}`);
    }
  }

  #show({ value, lines }: Shown): void {
    const { stdout } = this.host;
    if (this.output.machine) stdout.write(`${JSON.stringify(value)}\n`);
    else for (const line of lines) stdout.write(`${line}\n`);
  }
}
