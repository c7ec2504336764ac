/** Files with the settings of a cluster or of Kyma: read with the place of each setting, and checked before anything is sent. */
import { ENUMS, INPUTS } from '../../client/provisioner-inputs.generated.ts';
import { Failure } from '../failure/failure.ts';
import { nearest } from '../frame/suggest.ts';

export interface SettingFault {
  readonly line: number;
  /** Such as `providerSpecificConfig.awsConfig.vpcCidr`. */
  readonly path: string;
  readonly message: string;
}

/** As much as is looked at of what the package yaml makes of a text. */
interface Node {
  readonly range?: readonly number[] | null;
  readonly items?: readonly (Node & { readonly key?: Node & { readonly value?: unknown }; readonly value?: Node | null })[];
}

/** A value with the place where it stands. */
interface Placed {
  readonly value: unknown;
  readonly node: Node | null | undefined;
  readonly line: number;
}

const isMap = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** What GraphQL takes as one. */
const MAX_INT = 2 ** 31 - 1;

/** Without it a runtime would never connect. */
const AGENT = 'compass-runtime-agent';

class Reader {
  readonly faults: SettingFault[] = [];

  constructor(private readonly text: string) {}

  lineAt = (offset: number | undefined) => this.text.slice(0, offset ?? 0).split('\n').length;

  /** What stands under a key, with the line of the key. */
  under({ value, node, line }: Placed, key: string): Placed {
    const pair = node?.items?.find((one) => String(one.key?.value) === key);
    return {
      value: (value as Record<string, unknown>)[key],
      node: pair?.value,
      line: pair?.key?.range ? this.lineAt(pair.key.range[0]) : line,
    };
  }

  #at({ value, node, line }: Placed, index: number): Placed {
    const item = node?.items?.[index];
    return { value: (value as unknown[])[index], node: item, line: item?.range ? this.lineAt(item.range[0]) : line };
  }

  fault({ line }: Placed, path: string, message: string): void {
    this.faults.push({ line, path, message });
  }

  /** A value against a type as GraphQL writes it. */
  check(type: string, placed: Placed, path: string): void {
    const { value } = placed;
    const [, inner = type, needed] = /^(.*?)(!?)$/.exec(type) ?? [];
    if (value === null || value === undefined) {
      if (needed) this.fault(placed, path, 'must have a value');
      return;
    }
    const [, item] = /^\[(.*)\]$/.exec(inner) ?? [];
    if (item !== undefined) {
      if (!Array.isArray(value)) return this.fault(placed, path, 'must be a list');
      return value.forEach((_, index) => this.check(item, this.#at(placed, index), `${path}[${index}]`));
    }
    if (INPUTS[inner]) return this.object(inner, placed, path);
    const wanted = this.#scalarFault(inner, value);
    if (wanted) this.fault(placed, path, wanted);
  }

  #scalarFault(type: string, value: unknown): string | undefined {
    if (ENUMS[type]) return ENUMS[type].includes(String(value)) ? undefined : `must be one of ${ENUMS[type].join(', ')}`;
    if (type === 'Int') return Number.isInteger(value) && Math.abs(value as number) <= MAX_INT ? undefined : 'must be a whole number';
    if (type === 'Boolean') return typeof value === 'boolean' ? undefined : 'must be true or false';
    if (type === 'Labels') return isMap(value) ? undefined : 'must be a map of labels';
    if (type === 'String') return typeof value === 'string' ? undefined : `must be a text: write it in quotes, "${String(value)}"`;
    return undefined;
  }

  /** `given` are settings that come from elsewhere, so that they may be missing. */
  object(name: string, placed: Placed, path: string, given: readonly string[] = []): void {
    const fields = INPUTS[name] ?? {};
    const { value } = placed;
    if (!isMap(value)) return this.fault(placed, path, 'must be a map of settings');
    const below = (key: string) => (path === '' ? key : `${path}.${key}`);
    for (const key of Object.keys(value)) {
      const type = Object.hasOwn(fields, key) ? fields[key] : undefined;
      if (type !== undefined) this.check(type, this.under(placed, key), below(key));
      else {
        const near = nearest(key, Object.keys(fields));
        this.fault(this.under(placed, key), below(key), `is not known${near.length > 0 ? `; ${near.join(' or ')} is` : ''}`);
      }
    }
    for (const [key, type] of Object.entries(fields))
      if (type.endsWith('!') && !Object.hasOwn(value, key) && !given.includes(key)) this.fault(placed, below(key), 'is missing');
  }

  /** What the schema can't say of a cluster's settings. */
  cluster(placed: Placed, path: string): void {
    if (!isMap(placed.value)) return;
    const settings = placed.value;
    const at = (key: string) => this.under(placed, key);
    const below = (key: string) => (path === '' ? key : `${path}.${key}`);
    for (const key of ['workerCidr', 'podsCidr', 'servicesCidr'])
      if (typeof settings[key] === 'string' && !/^\d{1,3}(?:\.\d{1,3}){3}\/\d{1,2}$/.test(settings[key]))
        this.fault(at(key), below(key), 'must be a range of addresses such as 10.250.0.0/16');
    const { autoScalerMin: min, autoScalerMax: max, machineImage, machineImageVersion, provider } = settings;
    if (typeof min === 'number' && typeof max === 'number' && min > max)
      this.fault(at('autoScalerMin'), below('autoScalerMin'), `is more than autoScalerMax (${max})`);
    if (machineImageVersion && !machineImage) this.fault(at('machineImageVersion'), below('machineImageVersion'), 'needs machineImage');
    if (String(provider).toLowerCase() === 'openstack')
      for (const key of ['diskType', 'volumeSizeGB'])
        if (settings[key] !== undefined) this.fault(at(key), below(key), 'is not taken for OpenStack');
    const { providerSpecificConfig: specific } = settings;
    if (isMap(specific) && Object.values(specific).filter((one) => one !== null).length !== 1)
      this.fault(
        at('providerSpecificConfig'),
        below('providerSpecificConfig'),
        `must hold exactly one of ${Object.keys(INPUTS.ProviderSpecificInput ?? {}).join(', ')}`,
      );
  }

  /** The same of a Kyma installation. */
  kyma(placed: Placed, path: string): void {
    if (!isMap(placed.value) || !Array.isArray(placed.value.components)) return;
    if (placed.value.components.some((one) => isMap(one) && one.component === AGENT)) return;
    this.fault(this.under(placed, 'components'), path === '' ? 'components' : `${path}.components`, `must have ${AGENT} among them`);
  }
}

export interface SettingsFileOptions {
  /** What messages call the file. */
  readonly place: string;
  /** The whole input; the settings in it that matter may also stand alone. */
  readonly input: 'ProvisionRuntimeInput' | 'UpgradeShootInput' | 'UpgradeRuntimeInput';
  /** Settings that flags give. */
  readonly given: readonly string[];
}

/** Which settings matter in a whole input, where they are in it, and what is checked of them beside the schema. */
const SETTINGS = {
  ProvisionRuntimeInput: { type: 'GardenerConfigInput', path: ['clusterConfig', 'gardenerConfig'], check: 'cluster' },
  UpgradeShootInput: { type: 'GardenerUpgradeInput', path: ['gardenerConfig'], check: 'cluster' },
  UpgradeRuntimeInput: { type: 'KymaConfigInput', path: ['kymaConfig'], check: 'kyma' },
} as const;

const listed = (place: string, faults: readonly SettingFault[]) =>
  faults.map(({ line, path, message }) => `${place}:${line}: ${path === '' ? 'it' : path} ${message}`).join('\n');

/**
 * The input that a file holds: a whole one, or the settings that matter in it alone. JSON is YAML, too.
 * @throws Failure usage that names every setting that is unknown, missing or of the wrong kind, with its line
 */
export async function settingsFrom(text: string, { place, input, given }: SettingsFileOptions): Promise<Record<string, unknown>> {
  const { parseDocument } = await import('../output/yaml.ts');
  const document = parseDocument(text);
  const reader = new Reader(text);
  const [broken] = document.errors;
  if (broken) {
    const [what] = broken.message.split(/ at line \d+|\n/);
    throw refusal(place, [{ line: reader.lineAt(broken.pos[0]), path: '', message: `is no YAML: ${what}` }]);
  }
  const value = valueOf(document, place);
  const root: Placed = { value, node: document.contents as Node | null, line: 1 };
  if (!isMap(value)) throw refusal(place, [{ line: 1, path: '', message: 'must be a map of settings' }]);

  const { path, type, check } = SETTINGS[input];
  const isWhole = Object.keys(value).some((key) => Object.hasOwn(INPUTS[input] ?? {}, key));
  if (isWhole) checkWhole(reader, root, input, given);
  else {
    reader.object(type, root, '', given);
    reader[check](root, '');
  }
  if (reader.faults.length > 0) throw refusal(place, reader.faults);
  return isWhole ? value : path.reduceRight<Record<string, unknown>>((inner, key) => ({ [key]: inner }), value);
}

/** @throws Failure usage where an alias stands for nothing, or for too much */
function valueOf(document: { toJS(): unknown }, place: string): unknown {
  try {
    return document.toJS();
  } catch (error) {
    throw refusal(place, [{ line: 1, path: '', message: `can't be read: ${(error as Error).message}` }]);
  }
}

/** Around the settings that matter only what is there is looked at: a name may come by flag. */
function checkWhole(reader: Reader, root: Placed, input: SettingsFileOptions['input'], given: readonly string[]): void {
  const { path, type, check } = SETTINGS[input];
  const below = (placed: Placed | undefined, key: string) =>
    placed && isMap(placed.value) && key in placed.value ? reader.under(placed, key) : undefined;
  const settings = path.reduce<Placed | undefined>(below, root);
  const inside = path.join('.');
  const before = reader.faults.length;
  reader.object(input, root, '');
  const around = reader.faults.splice(before);
  reader.faults.push(
    ...around.filter(({ path: at, message }) => !at.startsWith(`${inside}.`) && !(message === 'is missing' && OPTIONAL.has(at))),
  );
  const kyma = input === 'ProvisionRuntimeInput' ? below(root, 'kymaConfig') : undefined;
  if (kyma) reader.kyma(kyma, 'kymaConfig');
  if (!settings) return;
  reader.object(type, settings, inside, given);
  reader[check](settings, inside);
}

/** Parts of a whole input that flags and defaults fill. */
const OPTIONAL: ReadonlySet<string> = new Set([
  'runtimeInput',
  'runtimeInput.name',
  'clusterConfig',
  'clusterConfig.gardenerConfig',
  'gardenerConfig',
]);

function refusal(place: string, faults: readonly SettingFault[]): Failure {
  return new Failure('usage', listed(place, faults), {
    hint: 'Correct the file; --print-example shows one that works.',
    details: { file: place, faults },
  });
}
