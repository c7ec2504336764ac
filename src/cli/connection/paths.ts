/** Where files of the user live: COMPASS_HOME above all, else the XDG folders. */
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Host } from '../frame/host.ts';

const folder = (env: Host['env'], variable: string, fallback: readonly string[], below: string): string => {
  if ((env.COMPASS_HOME ?? '') !== '') return join(env.COMPASS_HOME as string, below);
  const base = env[variable];
  return join(base !== undefined && base.startsWith('/') ? base : join(env.HOME ?? homedir(), ...fallback), 'compass');
};

/** Contexts and tokens. */
export const configFolder = (env: Host['env']) => folder(env, 'XDG_CONFIG_HOME', ['.config'], 'config');
/** Registries of planes on this machine, and folders of agents. */
export const dataFolder = (env: Host['env']) => folder(env, 'XDG_DATA_HOME', ['.local', 'share'], 'data');

/** What a plane of this machine keeps, by the plane's name. */
export const planeFolder = (env: Host['env'], name: string) => join(dataFolder(env), name);
