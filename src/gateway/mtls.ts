/** The TLS server that lets in whoever has a certificate of an authority that is trusted here, and nobody else. */
import type { RequestListener } from 'node:http';
import https from 'node:https';
import type { SecureContextOptions } from 'node:tls';
import type { Authority, ServerCertificate } from '../pki/authority.ts';
import { privateKeyPem } from '../pki/keys.ts';

export interface MtlsServerOptions {
  readonly certificate: ServerCertificate;
  /** PEM: authorities of client certificates beside the plane's own. */
  readonly trusted: readonly string[];
  readonly listener: RequestListener;
}

export interface MtlsServer {
  readonly server: https.Server;
  /** Takes the plane's own authority of client certificates in, from the next connection on. */
  trust(authority: Authority): void;
}

export function createMtlsServer({ certificate, trusted, listener }: MtlsServerOptions): MtlsServer {
  const context = (authorities: readonly string[]): SecureContextOptions => ({
    cert: certificate.chain,
    key: privateKeyPem(certificate.keys.privateKey),
    ca: [...trusted, ...authorities],
    minVersion: 'TLSv1.2',
  });
  const server = https.createServer({ ...context([]), requestCert: true, rejectUnauthorized: true }, listener);
  return { server, trust: ({ files }) => server.setSecureContext(context([files.certificate, files.root])) };
}
