import { Flags } from '@oclif/core';
import { Contexts, LOCAL } from '../src/cli/connection/contexts.ts';
import { Failure } from '../src/cli/failure/failure.ts';
import { BaseCommand } from '../src/cli/frame/base-command.ts';
import { named, time } from '../src/cli/frame/flags.ts';
import { silence } from '../src/cli/output/view.ts';
import { base } from '../src/cli/serve/base-address.ts';
import { detached } from '../src/cli/serve/detach.ts';
import { checkedName } from '../src/cli/serve/instance.ts';
import { runPlane } from '../src/cli/serve/run.ts';
import { LAST_PORT, settingsOf, usable } from '../src/cli/serve/settings.ts';
import { DEFAULT_OPTIONS, optionsFromEnvironment, type PlaneOptions, type System, SYSTEMS } from '../src/local/options.ts';
import { systemsOf } from '../src/local/systems.ts';
import { isDatabase, shownPlace } from '../src/registry/address.ts';

export default class Serve extends BaseCommand<typeof Serve> {
  static override summary = 'Start a management plane: Gateway, Director, Connector and Runtime Provisioner.';
  static override description = [
    'With --local it listens on this machine alone, needs no configuration, and writes a context for the other commands: `local`, or the name of --instance.',
    'Planes of several names run side by side, each with a context, a folder and ports of its own.',
    'Ctrl-C (or SIGTERM) finishes what is under way, stores everything and ends.',
  ].join('\n');
  static override examples = [
    '<%= config.bin %> <%= command.id %> --local',
    '<%= config.bin %> <%= command.id %> --local --instance shop',
    '<%= config.bin %> <%= command.id %> --local --detach',
    '<%= config.bin %> <%= command.id %> --local --ephemeral --port 0 --ready-file ready.json',
    '<%= config.bin %> <%= command.id %> --local --ephemeral --port 0 --provider simulated --simulated-stage 300ms',
    '<%= config.bin %> <%= command.id %> --only gateway,director --registry postgres://compass@db.example.com/compass',
  ];
  static override flags = named({
    local: Flags.boolean({ summary: 'A plane for one person on this machine.' }),
    instance: Flags.custom<string>({ parse: async (text) => checkedName(text) })({
      summary: 'Name of the plane, where there are several: of its context, and of its folder below the data folder. Also --name.',
      aliases: ['name'],
      helpValue: 'NAME',
      default: LOCAL,
    }),
    detach: Flags.boolean({
      char: 'd',
      summary: 'Go on in the background: the command ends when every system answers. `compass stop` ends the plane.',
      dependsOn: ['local'],
    }),
    host: Flags.string({ summary: 'Address to listen on.', helpValue: 'HOST', default: DEFAULT_OPTIONS.host }),
    port: Flags.integer({
      char: 'p',
      summary: 'Port for HTTP; 0 takes any free one. Unless given 3330, or for an --instance the one it had, else the next free one.',
      helpValue: 'N',
      min: 0,
      max: LAST_PORT,
    }),
    'mtls-port': Flags.integer({
      summary: 'Port for HTTPS with client certificates; the next after --port unless given, or any free one where that is taken.',
      helpValue: 'N',
      min: 0,
      max: LAST_PORT,
    }),
    'data-dir': Flags.string({ summary: 'Folder of the state; that of the name below the data folder unless given.', helpValue: 'DIR' }),
    ephemeral: Flags.boolean({ summary: 'Keep everything in memory: all is gone at the end.', exclusive: ['data-dir', 'registry'] }),
    registry: Flags.custom<string>({ parse: async (text) => database(text) })({
      summary: 'PostgreSQL database in place of the folder; any number of planes may share it. Better given as COMPASS_REGISTRY.',
      helpValue: 'URL',
    }),
    'registry-key-file': Flags.string({
      summary: 'Key of what is sealed in the database, the same for all planes on it; beside the state unless given.',
      helpValue: 'FILE',
    }),
    'public-url': Flags.custom<string>({ parse: async (text) => base(text, 'http:', 'https:') })({
      summary: 'Address of the Gateway as others see it, where it is behind a proxy.',
      helpValue: 'URL',
    }),
    'public-mtls-url': Flags.custom<string>({ parse: async (text) => base(text, 'https:') })({
      summary: 'The same for client certificates.',
      helpValue: 'URL',
    }),
    only: Flags.option({ options: SYSTEMS, multiple: true, delimiter: ',' })({
      summary: 'Systems to start, separated by commas; all unless given.',
    }),
    'ready-file': Flags.string({
      summary: 'File that is written when every system answers: addresses, tenant and token as JSON.',
      helpValue: 'FILE',
    }),
    'trusted-jwks': Flags.string({ summary: 'JWKS, a file or an address: tokens signed by its keys are accepted.', helpValue: 'FILE|URL' }),
    'oauth2-admin-url': Flags.custom<string>({ parse: async (text) => base(text, 'http:', 'https:') })({
      summary:
        'Administration of an OAuth2 server (ORY Hydra) that keeps the clients and gives out the tokens; the plane does this itself unless given.',
      helpValue: 'URL',
      dependsOn: ['oauth2-token-url'],
    }),
    'oauth2-token-url': Flags.custom<string>({ parse: async (text) => base(text, 'http:', 'https:') })({
      summary: 'Where clients get tokens from that server.',
      helpValue: 'URL',
      dependsOn: ['oauth2-admin-url'],
    }),
    'trusted-client-ca': Flags.string({ summary: 'PEM of an authority whose client certificates are accepted.', helpValue: 'FILE' }),
    async: Flags.boolean({ summary: 'Take `mode: ASYNC`: operations on applications may go on after their answer.' }),
    'trusted-proxy': Flags.string({
      summary:
        'Address or network of a proxy that is believed in its Certificate-Data and X-Forwarded-For headers; nobody is unless given.',
      helpValue: 'CIDR',
      multiple: true,
      delimiter: ',',
    }),
    'director-url': Flags.custom<string>({ parse: async (text) => base(text, 'http:', 'https:') })({
      summary: 'Director on another machine that this Gateway hands requests on to; for --only without director.',
      helpValue: 'URL',
    }),
    'director-ca': Flags.string({ summary: 'PEM of the authority of its certificate.', helpValue: 'FILE', dependsOn: ['director-url'] }),
    'ca-cert': Flags.string({
      summary: 'PEM of the authority that signs client certificates; the plane makes one of its own unless given.',
      helpValue: 'FILE',
      dependsOn: ['ca-key'],
    }),
    'ca-key': Flags.string({ summary: 'PEM of its key, which is not copied.', helpValue: 'FILE', dependsOn: ['ca-cert'] }),
    'provisioner-profile': Flags.option({ options: ['agent', 'current', 'full'] as const })({
      summary: 'How runtimes are provisioned: registered and connected, as the newest reference does it, or with Kyma and hibernation.',
    }),
    provider: Flags.string({ summary: 'Who gives clusters: local, simulated, or the path of a module.', helpValue: 'NAME|FILE' }),
    'simulated-stage': time({ summary: 'How long each stage of a simulated operation takes.' }),
    simulation: Flags.string({ summary: 'How simulated clusters behave: JSON, or a file that holds it.', helpValue: 'JSON|FILE' }),
    'stage-timeout': time({ summary: 'How long a stage of an operation may take at most.' }),
    seed: Flags.option({ options: ['reference'] as const })({
      summary: 'What a new plane begins with; `reference` adds the tenants of the reference.',
    }),
  });

  protected async execute() {
    const { env } = this.host;
    const { flags } = this;
    const contexts = new Contexts(env);
    const { instance: name, 'ready-file': readyFile } = flags;
    if (flags.detach) return detached({ name, contexts, program: process.argv[1]!, words: this.argv, env, readyFile });
    usable(() => systemsOf(flags.only), 'Name them too, or leave --only away.', '--only');
    const options: PlaneOptions = {
      ...DEFAULT_OPTIONS,
      ...usable(() => optionsFromEnvironment(env), 'Correct the variable, or unset it.'),
      ...(await settingsOf<System>(flags, contexts, env)),
      version: this.config.version,
      report: (message, details) => this.output.warn(details === undefined ? message : `${message} ${JSON.stringify(details)}`),
    };
    // The list of processes shows what was typed, and so would show the password of a database.
    if (options.registry !== undefined) process.title = 'compass serve';
    const ready = await runPlane({
      start: async () => (await import('../src/local/plane.ts')).startPlane(options),
      name,
      isNamed: flags['data-dir'] === undefined,
      isLocal: options.local,
      state: options.ephemeral ? undefined : shownPlace(options.registry ?? options.dataDir),
      readyFile,
      env,
      output: this.output,
    });
    return silence(ready);
  }

  /** The first signal ends the plane in order. */
  protected override watchSignals(): void {}
}

/** @throws Failure usage for what is no address of a database */
function database(text: string): string {
  if (isDatabase(text)) return text;
  throw new Failure('usage', 'This is no address of a PostgreSQL database, such as postgres://compass@db.example.com/compass.', {
    hint: 'A folder is given with --data-dir.',
  });
}
