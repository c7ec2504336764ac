/** The two doors of a plane: plain HTTP, and TLS that asks for client certificates. */
import type http from 'node:http';
import type https from 'node:https';
import { drain, listen } from '../gateway/listener.ts';
import type { PlaneOptions } from './options.ts';

export interface Doors {
  readonly http: http.Server;
  /** Undefined where this process has no Gateway. */
  readonly mtls: https.Server | undefined;
}

export interface Listening {
  /** Base addresses. */
  readonly gateway: string;
  readonly mtls: string | undefined;
  readonly port: number;
  /** Takes nothing new, and lets what is under way finish for so many milliseconds. */
  close(patience: number): Promise<void>;
}

/** Milliseconds that an idle connection is kept: longer than the usual proxies keep theirs. */
const KEEP_ALIVE = 65_000;

/** Opens both, or none of them. @throws the system's error, such as EADDRINUSE */
export async function openDoors(
  doors: Doors,
  { host, port, mtlsPort, anyMtlsPort }: Pick<PlaneOptions, 'host' | 'port' | 'mtlsPort' | 'anyMtlsPort'>,
): Promise<Listening> {
  const servers = doors.mtls ? [doors.http, doors.mtls] : [doors.http];
  for (const server of servers) server.keepAliveTimeout = KEEP_ALIVE;
  const secure = (server: https.Server) =>
    listen(server, mtlsPort, host).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EADDRINUSE' || !anyMtlsPort) throw error;
      return listen(server, 0, host);
    });
  const opened = await Promise.allSettled([listen(doors.http, port, host), doors.mtls && secure(doors.mtls)]);
  const failed = opened.find((one) => one.status === 'rejected');
  if (failed) {
    await Promise.all(servers.filter((server) => server.listening).map((server) => drain(server, 0)));
    throw failed.reason;
  }
  const [plain, secured] = opened.map((one) => (one.status === 'fulfilled' ? one.value : undefined));
  const name = host.includes(':') ? `[${host}]` : host;
  return {
    gateway: `http://${name}:${plain}`,
    mtls: secured === undefined ? undefined : `https://${name}:${secured}`,
    port: plain!,
    close: async (patience) => {
      await Promise.all(servers.map((server) => drain(server, patience)));
    },
  };
}
