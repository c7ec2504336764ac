import { join, resolve } from 'node:path';
import { Flags } from '@oclif/core';
import { BaseCommand } from '../src/cli/frame/base-command.ts';
import { named, time } from '../src/cli/frame/flags.ts';
import { given } from '../src/cli/input/input.ts';
import { Contexts, LOCAL } from '../src/cli/connection/contexts.ts';
import { isRunning, runsElsewhere } from '../src/cli/connection/running.ts';
import { dataFolder, planeFolder } from '../src/cli/connection/paths.ts';
import { announce, type Announcement } from '../src/cli/serve/announce.ts';
import { startDetached } from '../src/cli/serve/detach.ts';
import { invitation } from '../src/cli/serve/invitation.ts';
import { checkContextIsOurs, checkedName, portFor } from '../src/cli/serve/instance.ts';
import { base } from '../src/cli/serve/base-address.ts';
import { stopAsked } from '../src/cli/serve/signals.ts';
import { removeHome } from '../src/cli/serve/throwaway.ts';
import { runsAlready, unstarted } from '../src/cli/serve/unstarted.ts';
import { card, silence } from '../src/cli/output/view.ts';
import { DEFAULT_OPTIONS, optionsFromEnvironment, type PlaneOptions, type System, SYSTEMS } from '../src/local/options.ts';
import { systemsOf } from '../src/local/systems.ts';
import { isDatabase, shownPlace } from '../src/registry/address.ts';
import { Failure } from '../src/cli/failure/failure.ts';
import type { Plane } from '../src/local/plane.ts';
import { contentsOf } from '../src/cli/serve/contents.ts';

const LAST_PORT = 65_535;

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
    const contexts = new Contexts(this.host.env);
    return this.flags.detach ? this.#detach(contexts) : this.#serve(contexts);
  }

  async #serve(contexts: Contexts) {
    const started = performance.now();
    const options = await this.#options(contexts);
    // The list of processes shows what was typed, and so would show the password of a database.
    if (options.registry !== undefined) process.title = 'compass serve';
    const { startPlane } = await import('../src/local/plane.ts');
    // What goes wrong in one request must not end the plane.
    process.on('unhandledRejection', (error) => options.report('unhandled rejection', { error: String(error) }));
    const stopped = stopAsked(() => this.output.note('Stopping …'));
    const plane = await startPlane(options).catch((error: unknown) => {
      throw unstarted(error, { name: this.flags.instance, contexts, isNamed: this.flags['data-dir'] === undefined });
    });
    try {
      const announcement = await this.#announce(plane, options, contexts);
      await this.#greet(plane, options, performance.now() - started);
      const why = await stopped;
      announcement.withdraw();
      if (why === 'abandoned') removeHome(this.host.env);
    } finally {
      await plane.close();
    }
    // Whatever still holds the process must not keep it.
    setTimeout(() => process.exit(0), 1000).unref();
    return silence(plane.ready);
  }

  async #detach(contexts: Contexts) {
    const { instance: name, 'ready-file': readyFile } = this.flags;
    const { plane } = contexts.all()[name] ?? {};
    if (plane !== undefined && (await isRunning(contexts.get(name)))) throw runsAlready(plane, { name, contexts, isNamed: true });
    const log = join(dataFolder(this.host.env), `${name}.log`);
    const { token: _, ...told } = await startDetached({ program: process.argv[1]!, words: this.argv, env: this.host.env, log, readyFile });
    const ending = `compass stop${name === LOCAL ? '' : ` ${name}`}`;
    return card({ instance: name, ...told, log }, { Plane: name, Gateway: told.gateway, Process: told.pid, Log: log, 'Ends with': ending });
  }

  /** The first signal ends the plane in order. */
  protected override watchSignals(): void {}

  async #options(contexts: Contexts): Promise<PlaneOptions> {
    const { flags } = this;
    const { ephemeral, host, instance: name } = flags;
    if (flags.local) checkContextIsOurs(name, contexts.all()[name]);
    const port = flags.port ?? (await portFor(name, contexts, host));
    const folder = planeFolder(this.host.env, name);
    return {
      ...DEFAULT_OPTIONS,
      ...environment(this.host.env),
      version: this.config.version,
      local: flags.local,
      ephemeral,
      asyncMode: flags.async,
      host,
      port,
      mtlsPort: flags['mtls-port'] ?? (port === 0 || port === LAST_PORT ? 0 : port + 1),
      anyMtlsPort: flags['mtls-port'] === undefined,
      // Agents of a database's runtimes are none of the plane's that has the folder itself for its state.
      dataDir: resolve(flags['data-dir'] ?? (flags.registry === undefined ? folder : join(folder, 'database'))),
      ...given({
        registry: flags.registry,
        registryKeyFile: flags['registry-key-file'] === undefined ? this.#keyFile(folder) : resolve(flags['registry-key-file']),
        publicUrl: flags['public-url'],
        publicMtlsUrl: flags['public-mtls-url'],
        only: checked(flags.only),
        trustedJwks: flags['trusted-jwks'],
        oauthAdminUrl: flags['oauth2-admin-url'],
        oauthTokenUrl: flags['oauth2-token-url'],
        trustedClientCa: flags['trusted-client-ca'],
        trustedProxies: flags['trusted-proxy'],
        directorUrl: flags['director-url'],
        directorCa: flags['director-ca'],
        caCert: flags['ca-cert'],
        caKey: flags['ca-key'],
        seed: flags.seed,
        provisionerProfile: flags['provisioner-profile'],
        provider: flags.provider,
        simulatedStage: flags['simulated-stage'],
        simulation: flags.simulation,
        stageLimit: flags['stage-timeout'],
      }),
      report: (message, details) => this.output.warn(details === undefined ? message : `${message} ${JSON.stringify(details)}`),
    };
  }

  /** Where `compass registry` looks for it, too; undefined leaves it beside the state. */
  #keyFile(folder: string): string | undefined {
    return this.flags['data-dir'] === undefined ? join(folder, 'database.key') : undefined;
  }

  async #announce(plane: Plane, options: PlaneOptions, contexts: Contexts): Promise<Announcement> {
    const { instance: name } = this.flags;
    const held = contexts.all()[name];
    const isHeld = options.local && (await runsElsewhere(held));
    if (isHeld)
      this.output.warn(
        `the context ${name} stays with the plane that has it, ${held!.director} (process ${held!.plane!.pid}); with --instance NAME this one has its own.`,
      );
    return announce({
      ready: plane.ready,
      env: this.host.env,
      readyFile: this.flags['ready-file'],
      context: options.local && !isHeld ? name : undefined,
      state: options.ephemeral ? undefined : stateOf(options),
      warn: (text) => this.output.warn(text),
    });
  }

  async #greet({ ready, registry }: Plane, options: PlaneOptions, milliseconds: number): Promise<void> {
    const { instance: name } = this.flags;
    const contexts = new Contexts(this.host.env);
    this.output.note(`compass ${ready.version}`);
    await this.output.show(
      card(
        { ...ready, token: '********' },
        {
          Gateway: ready.gateway,
          ...(ready.director && { Director: `${ready.director}/graphql` }),
          ...(ready.connector && { Connector: `${ready.connector}/graphql` }),
          ...(ready.provisioner && { Provisioner: `${ready.provisioner}/graphql` }),
          ...(ready.mtls && { 'With certificates': ready.mtls }),
          Tenant: ready.tenant,
          ...(options.local && name !== LOCAL && { Context: name }),
          State: options.ephemeral ? 'in memory, gone at the end' : stateOf(options),
          Holds: contentsOf((await registry.info()).records),
        },
      ),
    );
    const isAnnounced = contexts.all()[name]?.plane?.pid === process.pid;
    if (isAnnounced) this.output.note(invitation(name, contexts.current()));
    this.output.note(`Ready in ${milliseconds.toFixed(0)} ms. Ctrl-C ends it.`);
  }
}

function checked(only: readonly System[] | undefined): readonly System[] | undefined {
  try {
    systemsOf(only);
    return only;
  } catch (error) {
    throw new Failure('usage', `--only: ${(error as Error).message}.`, { hint: 'Name them too, or leave --only away.', cause: error });
  }
}

function environment(env: Readonly<Record<string, string | undefined>>): Partial<PlaneOptions> {
  try {
    return optionsFromEnvironment(env);
  } catch (error) {
    throw new Failure('usage', (error as Error).message, { hint: 'Correct the variable, or unset it.', cause: error });
  }
}

/** @throws Failure usage for what is no address of a database */
function database(text: string): string {
  if (isDatabase(text)) return text;
  throw new Failure('usage', 'This is no address of a PostgreSQL database, such as postgres://compass@db.example.com/compass.', {
    hint: 'A folder is given with --data-dir.',
  });
}

const stateOf = ({ registry, dataDir }: PlaneOptions) => shownPlace(registry ?? dataDir);
