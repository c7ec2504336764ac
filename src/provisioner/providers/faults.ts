/** What can be made to go wrong with a simulated cluster, and when. */
import { UNITS } from '../../text/duration.ts';
import { isObject } from '../../text/json.ts';

/** Milliseconds of each phase of a cluster's life. */
export interface Schedule {
  /** From the order until its domain is known. */
  readonly domain: number;
  /** From then until it is ready. */
  readonly create: number;
  /** From a change until it is taken up. */
  readonly accept: number;
  /** From then until it is done. */
  readonly upgrade: number;
  /** Of an installation of Kyma, or of its upgrade. */
  readonly install: number;
  /** From the token until the agent that Kyma brought has connected. */
  readonly agent: number;
  /** From the request until it sleeps. */
  readonly hibernate: number;
  /** From the request until it is gone. */
  readonly remove: number;
}

const PHASES = [
  'domain',
  'create',
  'accept',
  'upgrade',
  'install',
  'agent',
  'hibernate',
  'remove',
] as const satisfies readonly (keyof Schedule)[];

export const evenly = (stage: number): Schedule => Object.fromEntries(PHASES.map((phase) => [phase, stage])) as unknown as Schedule;

/** When it strikes: `order`, `change`, `hibernation` and `removal` refuse the request itself; `kyma-upgrade` is an installation over another. */
type Moment =
  'order' | 'create' | 'change' | 'upgrade' | 'install' | 'kyma-upgrade' | 'agent' | 'hibernation' | 'hibernate' | 'removal' | 'remove';

export interface FaultKind {
  readonly at: Moment;
  /** Whether the operation fails for good; else the trouble goes away after a while, or stays until the stage is out of time. */
  readonly effect: 'refused' | 'failed' | 'passing' | 'endless';
  readonly reason?: string;
  readonly code?: 400 | 403 | 500;
  readonly codes?: readonly string[];
  readonly description: string;
}

export const FAULTS = {
  forbidden: { at: 'order', effect: 'refused', reason: 'Forbidden', code: 403, description: 'shoots.core.gardener.cloud is forbidden' },
  invalid: { at: 'order', effect: 'refused', reason: 'Invalid', description: 'Shoot.core.gardener.cloud is invalid' },
  unavailable: {
    at: 'order',
    effect: 'refused',
    reason: 'ServiceUnavailable',
    description: 'the server is currently unable to handle the request',
  },
  quota: {
    at: 'create',
    effect: 'failed',
    codes: ['ERR_INFRA_QUOTA_EXCEEDED', 'ERR_INFRA_DEPENDENCIES'],
    description: 'the quota of the account is exceeded',
  },
  unauthorized: {
    at: 'create',
    effect: 'failed',
    codes: ['ERR_INFRA_UNAUTHORIZED'],
    description: 'the credentials of the account are refused',
  },
  dependencies: {
    at: 'create',
    effect: 'failed',
    codes: ['ERR_INFRA_DEPENDENCIES'],
    description: 'something that the cluster needs is in use or missing',
  },
  configuration: {
    at: 'create',
    effect: 'failed',
    codes: ['ERR_CONFIGURATION_PROBLEM'],
    description: 'the configuration of the cluster does not work',
  },
  'rate-limit': { at: 'create', effect: 'passing', codes: ['ERR_INFRA_RATE_LIMITS_EXCEEDED'], description: 'too many requests' },
  reconcile: {
    at: 'create',
    effect: 'passing',
    codes: ['ERR_RETRYABLE_CONFIGURATION_PROBLEM'],
    description: 'the last reconciliation failed',
  },
  timeout: { at: 'create', effect: 'endless', description: 'the cluster never becomes ready' },
  'upgrade-refused': { at: 'change', effect: 'refused', reason: 'Invalid', description: 'Shoot.core.gardener.cloud is invalid' },
  'upgrade-failed': {
    at: 'upgrade',
    effect: 'failed',
    codes: ['ERR_INFRA_RESOURCES_DEPLETED'],
    description: 'no machines of that type are left',
  },
  'upgrade-timeout': { at: 'upgrade', effect: 'endless', description: 'the change never ends' },
  'install-error': { at: 'install', effect: 'passing', description: 'a component did not become ready' },
  'install-failed': { at: 'install', effect: 'failed', description: 'a component could not be installed' },
  'install-timeout': { at: 'install', effect: 'endless', description: 'a component never becomes ready' },
  'kyma-upgrade-error': { at: 'kyma-upgrade', effect: 'passing', description: 'a component did not become ready' },
  'kyma-upgrade-failed': { at: 'kyma-upgrade', effect: 'failed', description: 'a component could not be upgraded' },
  'kyma-upgrade-timeout': { at: 'kyma-upgrade', effect: 'endless', description: 'a component never becomes ready' },
  'agent-timeout': { at: 'agent', effect: 'endless', description: 'the agent never connects' },
  'hibernation-refused': { at: 'hibernation', effect: 'refused', description: 'something in the cluster keeps it awake' },
  'hibernation-failed': { at: 'hibernate', effect: 'failed', description: 'the machines could not be stopped' },
  'hibernation-timeout': { at: 'hibernate', effect: 'endless', description: 'the machines never stop' },
  'removal-refused': {
    at: 'removal',
    effect: 'refused',
    reason: 'Forbidden',
    code: 403,
    description: 'shoots.core.gardener.cloud is forbidden',
  },
  'removal-forbidden': {
    at: 'remove',
    effect: 'passing',
    reason: 'Forbidden',
    code: 403,
    description: 'shoots.core.gardener.cloud is forbidden',
  },
  'removal-timeout': { at: 'remove', effect: 'endless', description: 'the cluster never goes away' },
} as const satisfies Record<string, FaultKind>;

export type FaultName = keyof typeof FAULTS;

export const faultKind = (name: FaultName): FaultKind => FAULTS[name];

/** What is wished of one cluster. */
export interface Wish {
  readonly fault?: FaultName;
  /** In place of the fault's own words. */
  readonly description?: string;
  /** Milliseconds that passing trouble lasts; three stages unless given. */
  readonly lasts?: number;
  readonly stages?: Partial<Schedule>;
}

/** A wish for all clusters that it fits; what is not given fits all. */
export interface Rule extends Wish {
  /** Of the cluster; `*` stands for any characters. */
  readonly name?: string;
  readonly region?: string;
  readonly targetSecret?: string;
}

/** @throws Error where it is neither a number of milliseconds nor a text such as `300ms`, `2s`, `5m` */
function milliseconds(value: unknown, what: string): number {
  if (typeof value === 'number' && value >= 0) return value;
  const [, amount, unit] = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(String(value)) ?? [];
  if (amount === undefined) throw new Error(`${what} is no time: ${JSON.stringify(value)} (allowed: such as 300ms, 2s, 5m)`);
  return Number(amount) * UNITS[unit as keyof typeof UNITS];
}

function known<T extends string>(value: unknown, all: readonly T[], what: string): T {
  if (!all.includes(value as T)) throw new Error(`${what} ${JSON.stringify(value)} is not known (known: ${all.join(', ')})`);
  return value as T;
}

/** Times by phase. @throws Error that names what is wrong */
export function scheduleOf(value: unknown): Partial<Schedule> {
  if (!isObject(value)) throw new Error('stages must be an object of times');
  return Object.fromEntries(
    Object.entries(value).map(([phase, time]) => [known(phase, PHASES, 'the stage'), milliseconds(time, `the time of ${phase}`)]),
  );
}

const textIn = (value: unknown, what: string) => {
  if (typeof value !== 'string') throw new Error(`${what} must be a text`);
  return value;
};

/** A wish as labels and configuration hold it: the name of a fault, or an object. @throws Error that names what is wrong */
export function wishOf(value: unknown): Wish {
  if (typeof value === 'string') return { fault: known(value, Object.keys(FAULTS) as FaultName[], 'the fault') };
  if (!isObject(value)) throw new Error('it must be the name of a fault, or an object');
  const wish: Record<string, unknown> = {};
  for (const [key, part] of Object.entries(value)) {
    if (key === 'fault') wish.fault = known(part, Object.keys(FAULTS) as FaultName[], 'the fault');
    else if (key === 'description') wish.description = textIn(part, key);
    else if (key === 'lasts') wish.lasts = milliseconds(part, 'lasts');
    else if (key === 'stages') wish.stages = scheduleOf(part);
    else throw new Error(`${JSON.stringify(key)} is not known (known: fault, description, lasts, stages)`);
  }
  return wish;
}

const CRITERIA = ['name', 'region', 'targetSecret'] as const;

/** @throws Error that names what is wrong */
export function ruleOf(value: unknown): Rule {
  if (!isObject(value)) throw new Error('a fault must be an object');
  const rest = Object.fromEntries(Object.entries(value).filter(([key]) => !CRITERIA.includes(key as never)));
  const criteria = CRITERIA.flatMap((key) => (value[key] === undefined ? [] : [[key, textIn(value[key], key)]]));
  return { ...wishOf(rest), ...Object.fromEntries(criteria) };
}

function fits(pattern: string, text: string): boolean {
  const parts = pattern.split('*').map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`));
  return new RegExp(`^${parts.join('.*')}$`).test(text);
}

/** The first rule that fits. */
export const ruleFor = (rules: readonly Rule[], { name, region, targetSecret }: { name: string; region: string; targetSecret: string }) =>
  rules.find(
    (rule) =>
      (rule.name === undefined || fits(rule.name, name)) &&
      (rule.region === undefined || rule.region === region) &&
      (rule.targetSecret === undefined || rule.targetSecret === targetSecret),
  );
