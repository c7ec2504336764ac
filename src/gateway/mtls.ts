/** The TLS server that lets in whoever has a certificate of an authority that is trusted here, and nobody else. */
import { X509Certificate } from 'node:crypto';
import type { RequestListener } from 'node:http';
import https from 'node:https';
import type { SecureContextOptions } from 'node:tls';
import type { ServerCertificate } from '../pki/authority.ts';
import { privateKeyPem } from '../pki/keys.ts';

export interface MtlsServerOptions {
  readonly certificate: ServerCertificate;
  /** PEM: authorities of client certificates beside the plane's own. */
  readonly trusted: readonly string[];
  readonly listener: RequestListener;
}

export interface MtlsServer {
  readonly server: https.Server;
  /** Accepts certificates of these authorities beside those that are always trusted, from the next connection on. */
  trust(authorities: readonly { readonly certificate: string; readonly root: string }[]): void;
}

/** What a chain may end at: an authority that stands for itself needs nobody above it. */
const anchors = ({ certificate, root }: { readonly certificate: string; readonly root: string }) =>
  new X509Certificate(certificate).subject === new X509Certificate(root).subject ? [root] : [certificate, root];

/** Made, not listening yet. TLS 1.2 or newer. */
export function createMtlsServer({ certificate, trusted, listener }: MtlsServerOptions): MtlsServer {
  const context = (authorities: readonly string[]): SecureContextOptions => ({
    cert: certificate.chain,
    key: privateKeyPem(certificate.keys.privateKey),
    ca: [...trusted, ...authorities],
    minVersion: 'TLSv1.2',
  });
  const server = https.createServer({ ...context([]), requestCert: true, rejectUnauthorized: true }, listener);
  let known: readonly string[] = [];
  return {
    server,
    trust(own) {
      const certificates = own.map((authority) => authority.certificate);
      server.setSecureContext(context(own.flatMap(anchors)));
      // connections were let in by the authorities of their time
      if (known.some((before) => !certificates.includes(before))) server.closeAllConnections();
      known = certificates;
    },
  };
}
