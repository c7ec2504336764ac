/** The world around a command: its streams and its environment. Tests bring their own. */
export interface OutputStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

export interface InputStream extends AsyncIterable<string | Uint8Array> {
  readonly isTTY?: boolean;
}

export interface Host {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdin: InputStream;
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
}

const hosts = new WeakMap<object, Host>();

/** Makes the commands that run under this configuration of oclif live in `host`. */
export function runIn(config: object, host: Host): void {
  hosts.set(config, host);
}

/** The host of a configuration: the process itself, unless one was given. */
export const hostOf = (config: object): Host => hosts.get(config) ?? process;
