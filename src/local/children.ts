/** The programs of ours that run as processes of their own. */
import { fileURLToPath } from 'node:url';
import type { Program } from '../provisioner/providers/module-host.ts';

/** Below the folder of this file while it is a source, beside the bundle where it was built. */
const PROGRAMS = {
  agent: { source: './agent-process.ts', built: './agent-process.cjs' },
  provider: { source: '../provisioner/providers/module-process.ts', built: './provider-process.cjs' },
} as const;

const here = import.meta.url;

export function programOf(name: keyof typeof PROGRAMS): Program {
  const isSource = here.endsWith('.ts');
  const { source, built } = PROGRAMS[name];
  return { file: fileURLToPath(new URL(isSource ? source : built, here)), execArgv: isSource ? ['--import', 'tsx'] : [] };
}
